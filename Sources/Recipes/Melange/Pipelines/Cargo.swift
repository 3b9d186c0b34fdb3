extension BuiltInPipelines {
    /// Rust programs.
    static let cargo = [
        "cargo/build": #"""
        name: Build a Rust program that knows its dependencies
        needs:
          packages:
            - build-base
            - busybox
            - cargo-auditable
            - rust
        inputs:
          output:
            description: Which program to install, by its file name; without it all that were built.
          opts:
            description: Arguments of cargo build.
            default: --release
          modroot:
            description: The folder to build in.
            default: "."
            required: false
          rustflags:
            description: Flags of every compiler run, separated by spaces.
            default: ""
            required: false
          prefix:
            description: The folder of the package to install below.
            default: usr
          install-dir:
            description: The folder below prefix for the programs.
            default: bin
          output-dir:
            description: Where cargo leaves the programs.
            default: target/release
          jobs:
            description: How many compilers run at once; without it as many as there are processors.
        pipeline:
          - runs: |
              cd "${{inputs.modroot}}"
              bin="${{targets.contextdir}}/${{inputs.prefix}}/${{inputs.install-dir}}"
              set -- ${{inputs.opts}}
              [ -z "${{inputs.jobs}}" ] || set -- "$@" --jobs "${{inputs.jobs}}"
              RUSTFLAGS="${{inputs.rustflags}}" cargo auditable build --target-dir target "$@"
              mkdir -p "$bin"
              if [ -n "${{inputs.output}}" ]; then
                file="$bin/${{inputs.output}}"
                mkdir -p "${file%/*}"
                install -m 755 "${{inputs.output-dir}}/${{inputs.output}}" "$file"
                exit 0
              fi
              for file in "${{inputs.output-dir}}"/*; do
                if [ -f "$file" ] && [ -x "$file" ]; then install -m 755 "$file" "$bin/"; fi
              done
        """#
    ]
}
