extension BuiltInPipelines {
    /// Go programs.
    static let go = [
        "go/build": #"""
        name: Build a Go program
        needs:
          packages:
            - ${{inputs.go-package}}
            - build-base
            - busybox
            - ca-certificates-bundle
        inputs:
          go-package:
            description: The package that brings the compiler.
            default: go
          packages:
            description: What to build, as go build takes it, separated by spaces and relative to modroot.
            required: true
          tags:
            description: Build tags beside those of toolchaintags, separated by commas.
          toolchaintags:
            description: Build tags of every program, separated by commas.
            default: "netgo,osusergo"
          output:
            description: The file name of the program.
            required: true
          vendor:
            description: Whether the vendor folder follows after deps have changed; true or false.
            default: "false"
          modroot:
            description: The folder of go.mod.
            default: "."
            required: false
          prefix:
            description: The folder of the package to install below.
            default: usr
          ldflags:
            description: Arguments of the linker.
          strip:
            description: Arguments of the linker that leave out what only debuggers read.
            default: "-w"
          install-dir:
            description: The folder below prefix for the program.
            default: bin
          deps:
            description: Modules to raise before the build, as module@version, separated by spaces.
          experiments:
            description: Experiments of Go to switch on, separated by commas.
            default: ""
          extra-args:
            description: Further arguments of go build.
            default: ""
          amd64:
            description: The lowest level of x86_64 that the program needs.
            default: "v2"
          arm64:
            description: The lowest level of aarch64 that the program needs.
            default: "v8.0"
          buildmode:
            description: What kind of program is made, as go help buildmode tells.
            default: "default"
          tidy:
            description: Whether go mod tidy runs before the build; true or false.
            default: "false"
          ignore-untracked-files:
            description: Whether files that Git does not know leave the version of the program clean; true or false.
            default: "true"
        pipeline:
          - runs: |
        \#(goModule)
              [ "${{inputs.tidy}}" != true ] || go mod tidy
              if [ -n "${{inputs.deps}}" ]; then
                modules="${{inputs.deps}}"
                for module in $modules; do go get "$module"; done
                go mod tidy
                [ "${{inputs.vendor}}" != true ] || go mod vendor
              fi
              # Module files that lie beside the configuration win over those of the sources.
              for file in go.mod go.sum; do
                [ ! -e "${{package.srcdir}}/$file.local" ] || cp "${{package.srcdir}}/$file.local" "$file"
              done
        \#(goBuild)
        """#,
        "go/build/v2": #"""
        name: Build Go programs with the compiler of the environment
        needs:
          packages:
            - busybox
            - ca-certificates-bundle
        inputs:
          packages:
            description: What to build, as go build takes it, separated by spaces and relative to modroot.
            default: "."
          tags:
            description: Build tags beside those of toolchaintags, separated by commas.
          toolchaintags:
            description: Build tags of every program, separated by commas.
            default: "netgo,osusergo"
          output:
            description: The file name of the program; without it each has the name of its package.
            default: ""
          vendor:
            description: Has no effect here; go/build knows it.
            default: "false"
          modroot:
            description: The folder of go.mod.
            default: "."
            required: false
          prefix:
            description: The folder of the package to install below.
            default: usr
          ldflags:
            description: Arguments of the linker.
          strip:
            description: Arguments of the linker that leave out what only debuggers read.
            default: "-w"
          install-dir:
            description: The folder below prefix for the programs.
            default: bin
          experiments:
            description: Experiments of Go to switch on, separated by commas.
            default: ""
          extra-args:
            description: Further arguments of go build.
            default: ""
          amd64:
            description: The lowest level of x86_64 that the programs need.
            default: "v2"
          arm64:
            description: The lowest level of aarch64 that the programs need.
            default: "v8.0"
          buildmode:
            description: What kind of program is made, as go help buildmode tells.
            default: "default"
          ignore-untracked-files:
            description: Whether files that Git does not know leave the version of the programs clean; true or false.
            default: "true"
        pipeline:
          - runs: |
        \#(goModule)
        \#(goBuild)
          - uses: strip
        """#,
    ]

    /// Goes to the module; what Git tells of it is its own files only, if so wished.
    private static let goModule = #"""
              if [ "${{inputs.ignore-untracked-files}}" = true ]; then
                # For this script alone: git reads the setting from the environment.
                ignored=$(mktemp)
                trap 'rm -f "$ignored"' EXIT
                echo '**' > "$ignored"
                export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.excludesFile GIT_CONFIG_VALUE_0="$ignored"
              fi
              cd "${{inputs.modroot}}"
              if [ ! -e go.mod ]; then
                echo "go/build: there is no go.mod in ${{inputs.modroot}}: say in modroot where the module is" >&2
                exit 1
              fi
              export GOMODCACHE=/var/cache/melange/gomodcache
        """#

    private static let goBuild = #"""
              flags="${{inputs.strip}} ${{inputs.ldflags}}"
              program="${{targets.contextdir}}/${{inputs.prefix}}/${{inputs.install-dir}}/${{inputs.output}}"
              export GOAMD64="${{inputs.amd64}}" GOARM64="${{inputs.arm64}}" GOEXPERIMENT="${{inputs.experiments}}"
              set -- ${{inputs.extra-args}}
              set -- "$@" ${{inputs.packages}}
              go build -o "$program" -trimpath -buildmode "${{inputs.buildmode}}" \
                -tags "${{inputs.toolchaintags}},${{inputs.tags}}" -ldflags "$flags" "$@"
        """#
}
