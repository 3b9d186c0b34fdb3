extension BuiltInPipelines {
    /// Sources in Git beyond their checkout.
    static let git = [
        "git-am": #"""
        name: Apply patches as commits
        needs:
          packages:
            - git
        inputs:
          patches:
            description: The patch files, in order, separated by white space; the sources are a checkout in the current folder.
            required: true
        pipeline:
          - runs: |
              patches="${{inputs.patches}}"
              # Names are split at white space and nothing else.
              set -f
              git am -- $patches
        """#,
        "git/gnulib-bootstrap": #"""
        name: Prepare a checkout that builds on gnulib
        needs:
          packages:
            - git
            - gnulib
        inputs:
          gnulib-git-repo-url:
            description: Where gnulib is cloned from; without it the package's own copy.
            default: file:///usr/share/gnulib/repo
          bootstrap-args:
            description: Arguments of the bootstrap script.
            default: ""
        pipeline:
          - runs: |
              url="${{inputs.gnulib-git-repo-url}}"
              # What the checkout lacks to tell its own version.
              echo "${{package.version}}" > .tarball-version
              modules=$(git submodule status 2>/dev/null) || modules=
              case $modules in
                *' gnulib'*)
                  git submodule set-url gnulib "$url"
                  git -c protocol.file.allow=always submodule update --init
                  ;;
              esac
              if [ -f bootstrap ]; then
                chmod +x bootstrap
                GNULIB_URL=$url ./bootstrap ${{inputs.bootstrap-args}}
              elif [ -n "${{inputs.bootstrap-args}}" ]; then
                echo "git/gnulib-bootstrap: bootstrap-args are given, but there is no bootstrap script" >&2
                exit 1
              elif [ -f autogen.sh ]; then
                [ -d gnulib ] || git clone "$url" gnulib
                chmod +x autogen.sh
                ./autogen.sh
              fi
        """#,
    ]
}
