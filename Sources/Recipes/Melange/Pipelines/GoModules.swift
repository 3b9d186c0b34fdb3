extension BuiltInPipelines {
    /// Modules of Go: programs straight from one, and dependencies at other versions.
    static let goModules = [
        "go/install": #"""
        name: Install a Go program from its module
        needs:
          packages:
            - ${{inputs.go-package}}
            - busybox
            - build-base
            - ca-certificates-bundle
            - git
        inputs:
          go-package:
            description: The package that brings the compiler.
            default: go
          package:
            description: The import path of the program.
            required: true
          version:
            description: Its version, a commit, or a name such as latest.
          prefix:
            description: The folder of the package to install below.
            default: usr
          install-dir:
            description: The folder below prefix for the program.
            default: bin
          ldflags:
            description: Arguments of the linker.
          strip:
            description: Arguments of the linker that leave out what only debuggers read.
            default: "-w"
          tags:
            description: Build tags beside those of toolchaintags, separated by commas.
          toolchaintags:
            description: Build tags of every program, separated by commas.
            default: "netgo,osusergo"
          experiments:
            description: Experiments of Go to switch on, separated by commas.
            default: ""
          amd64:
            description: The lowest level of x86_64 that the program needs.
            default: "v2"
          arm64:
            description: The lowest level of aarch64 that the program needs.
            default: "v8.0"
        pipeline:
          - runs: |
              programs="${{inputs.package}}"
              [ -z "${{inputs.version}}" ] || programs="$programs@${{inputs.version}}"
              flags="${{inputs.strip}} ${{inputs.ldflags}}"
              export GOBIN="${{targets.contextdir}}/${{inputs.prefix}}/${{inputs.install-dir}}"
              export GOAMD64="${{inputs.amd64}}" GOARM64="${{inputs.arm64}}" GOEXPERIMENT="${{inputs.experiments}}"
              mkdir -p "$GOBIN"
              go install -trimpath -tags "${{inputs.toolchaintags}},${{inputs.tags}}" -ldflags "$flags" $programs
        """#,
        "go/bump": #"""
        name: Raise modules of a Go program
        needs:
          packages:
            - git
            - gobump
        inputs:
          deps:
            description: The modules, as module@version, separated by spaces.
            required: true
          modroot:
            description: The folder of go.mod.
            default: .
          go-version:
            description: The version of Go that go.mod is written for.
            default: ""
          replaces:
            description: Replacements to add to go.mod, as old=new@version, separated by spaces.
          tidy:
            description: Whether go mod tidy runs before and after; true or false.
            default: true
          show-diff:
            description: Whether the changes of go.mod are printed; true or false.
            default: false
          tidy-compat:
            description: The version of Go that go.mod and go.sum remain good for.
            default: ""
          work:
            description: Whether the vendor folder belongs to a workspace; true or false.
            default: false
        pipeline:
          - runs: |
              cd "${{inputs.modroot}}"
              gobump --packages "${{inputs.deps}}" --replaces "${{inputs.replaces}}" \
                --go-version="${{inputs.go-version}}" --compat="${{inputs.tidy-compat}}" \
                --tidy="${{inputs.tidy}}" --work="${{inputs.work}}" --show-diff="${{inputs.show-diff}}"
        """#,
    ]
}
