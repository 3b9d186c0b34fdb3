extension BuiltInPipelines {
    /// Whether what a package installs can run, and how safely.
    static let testPrograms = [
        "test/perl-module-check": #"""
        name: Load modules of Perl
        needs:
          packages:
            - perl
        inputs:
          modules:
            description: The names that programs use, separated by spaces.
            required: true
            default: ""
        pipeline:
          - runs: |
              failed=0
              modules="${{inputs.modules}}"
              for module in $modules; do
                if perl -e "use $module;"; then
                  echo "$module: good"
                else
                  echo "$module: failed" >&2
                  failed=1
                fi
              done
              exit "$failed"
        """#,
        "test/hardening-check": #"""
        name: Check how programs are hardened
        needs:
          packages:
            - bash
            - busybox
            - hardening-check
        inputs:
          package-match:
            description: The packages to check, as a regular expression; DEFAULT for those whose names begin like this one's.
            required: true
            default: "DEFAULT"
          args:
            description: Further arguments of hardening-check.
            default: ""
        pipeline:
          - runs: |
              match='${{inputs.package-match}}'
              [ "$match" != DEFAULT ] || match='^${{package.name}}'
              packages=$(apk info | grep -e "$match" || :)
              if [ -z "$packages" ]; then
                echo "test/hardening-check: no installed package matches $match" >&2
                exit 1
              fi
              # Each processor has protections of its own; those of ARM are not complete in the system's libraries.
              set -- --nobranchprotection
              [ "${{build.arch}}" != aarch64 ] || set -- "$@" --nocfprotection
              set -- "$@" ${{inputs.args}}
              files=$(for package in $packages; do apk info -q -L "$package"; done)
              failed=0
              while IFS= read -r file; do
                [ -n "$file" ] && [ -f "/$file" ] && [ "$(head -c 4 "/$file" | od -A n -t x1)" = ' 7f 45 4c 46' ] || continue
                hardening-check "$@" --color "/$file" || failed=$((failed + 1))
              done <<END_OF_LIST
              $files
              END_OF_LIST
              if [ "$failed" -ne 0 ]; then
                echo "test/hardening-check: $failed files are not hardened" >&2
                exit 1
              fi
        """#,
    ]
}
