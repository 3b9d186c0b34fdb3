extension BuiltInPipelines {
    /// Programs of Node.js.
    static let npm = [
        "npm/install": #"""
        name: Install a package of npm
        needs:
          packages:
            - busybox
            - nodejs
            - ${{inputs.npm-package}}
            - npm
        inputs:
          package:
            description: The name of the npm package.
            required: true
          version:
            description: Its version.
            required: true
          prefix:
            description: The folder for bin and lib.
            default: "${{targets.contextdir}}/usr/"
          overrides:
            description: Dependencies to hold at other versions, as name@version, separated by white space or commas.
          npm-package:
            description: What installs, npm or pnpm.
            default: "npm"
        pipeline:
          - runs: |
              tool="${{inputs.npm-package}}"
              case $tool in
                npm | pnpm) ;;
                *)
                  echo "npm/install: npm-package: expected npm or pnpm, found '$tool'" >&2
                  exit 1
                  ;;
              esac
              mkdir -p "${{inputs.prefix}}/bin" "${{inputs.prefix}}/lib" "$HOME/.pnpm/store"
              if [ "$tool" = pnpm ]; then
                export PNPM_HOME="$HOME/.pnpm/store" SHELL=sh ENV=/etc/profile
                pnpm setup
                . "$ENV"
              fi
              "$tool" install -g --prefix "${{inputs.prefix}}" "${{inputs.package}}@${{inputs.version}}"
          - name: Replace dependencies
            runs: |
              [ -n "${{inputs.overrides}}" ] || exit 0
              cd "${{inputs.prefix}}/lib"
              cat > overrides.js <<'END_OF_PROGRAM'
              // A project that depends on the package alone installs the same; overrides are only taken from a project.
              const [name, version, list] = process.argv.slice(2);
              const overrides = {};
              for (const entry of list.replace(/#.*/g, '').split(/[\s,]+/)) {
                const at = entry.lastIndexOf('@');
                if (at > 0) overrides[entry.slice(0, at)] = entry.slice(at + 1);
              }
              require('fs').writeFileSync('package.json', JSON.stringify({ dependencies: { [name]: version }, overrides }));
              END_OF_PROGRAM
              node overrides.js "${{inputs.package}}" "${{inputs.version}}" "${{inputs.overrides}}"
              rm -rf overrides.js node_modules
              if [ "${{inputs.npm-package}}" = npm ]; then
                npm install --install-strategy=shallow .
              else
                pnpm install .
              fi
              rm -rf package.json package-lock.json node_modules/.package-lock.json
        """#
    ]
}
