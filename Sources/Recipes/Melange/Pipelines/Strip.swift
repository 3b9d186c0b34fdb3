extension BuiltInPipelines {
    /// Programs and libraries without what only debuggers read.
    static let strip = [
        "strip": #"""
        name: Strip programs and shared libraries
        needs:
          packages:
            - binutils
            - scanelf
        inputs:
          opts:
            description: Options of strip.
            default: -g
        pipeline:
          - working-directory: ${{targets.contextdir}}
            runs: |
        \#(elfFiles)
              files=$(elf_files . DYN EXEC)
              set -- ${{inputs.opts}}
              while IFS= read -r file; do
                [ ! -f "$file" ] || strip "$@" "$file"
              done <<END_OF_LIST
              $files
              END_OF_LIST
        """#
    ]
}
