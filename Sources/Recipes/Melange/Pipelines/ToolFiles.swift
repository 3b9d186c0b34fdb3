extension BuiltInPipelines {
    /// Whether packages hold the files that they should, and no others.
    static let toolFiles = [
        "test/tw/contains-files": #"""
        name: Check that files are there
        inputs:
          dir:
            description: The folder to look in.
            required: false
            default: "/usr/"
          name:
            description: A pattern of file names, as find takes it.
            required: false
            default: "*"
          type:
            description: A type of file, as find takes it.
            required: false
            default: "f"
          files:
            description: Paths that must exist, separated by white space; dir, name and type have no effect then.
            required: false
            default: ""
        pipeline:
          - runs: |
              files="${{inputs.files}}"
              if [ -z "$files" ]; then
                found=$(find "${{inputs.dir}}" -name "${{inputs.name}}" -type "${{inputs.type}}")
                if [ -z "$found" ]; then
                  echo "test/tw/contains-files: ${{inputs.dir}} has nothing called ${{inputs.name}} of type ${{inputs.type}}" >&2
                  exit 1
                fi
                exit 0
              fi
              for file in $files; do
                if [ ! -e "$file" ]; then
                  echo "test/tw/contains-files: there is no $file" >&2
                  exit 1
                fi
              done
        """#,
        "test/tw/configpackage": #"""
        name: Check that the package has configuration files
        needs:
          packages:
            - file
        inputs:
          dir:
            description: The folder that they are below.
            default: "etc/"
          package:
            description: The package.
            default: ${{context.name}}
        pipeline:
          - runs: |
              folder="${{inputs.dir}}"
              files=$(apk info -q -L "${{inputs.package}}")
              printf '%s\n' "$files" | grep -e "^${folder#/}" || {
                echo "test/tw/configpackage: ${{inputs.package}} has nothing below $folder" >&2
                exit 1
              }
        """#,
        "test/tw/langpackage": #"""
        name: Check that translations can be read
        needs:
          packages:
            - gettext
        pipeline:
          - runs: |
              folder=/usr/share/locale
              files=
              [ ! -d "$folder" ] || files=$(find "$folder" -type f -name '*.mo')
              if [ -z "$files" ]; then
                echo "test/tw/langpackage: there are no translations below $folder" >&2
                exit 1
              fi
              failed=0
              while IFS= read -r file; do
                if ! msgunfmt --no-escape "$file" > /dev/null; then
                  echo "test/tw/langpackage: $file cannot be read" >&2
                  failed=1
                fi
              done <<END_OF_LIST
              $files
              END_OF_LIST
              exit "$failed"
        """#,
        "test/tw/no-docs": #"""
        name: Check that documentation is in another package
        needs:
          packages:
            - no-docs-check
        inputs:
          package:
            description: The package.
            required: false
            default: ${{context.name}}
        pipeline:
          - runs: |
              no-docs-check --package="${{inputs.package}}"
        """#,
        "test/tw/symlink-check": #"""
        name: Check where symbolic links lead
        needs:
          packages:
            - symlink-check
        inputs:
          packages:
            description: The packages, separated by spaces, or none.
            required: false
            default: "${{context.name}}"
          allow-absolute:
            description: Whether links may lead to absolute paths; true or false.
            default: false
            required: false
        pipeline:
          - runs: |
              symlink-check --packages="${{inputs.packages}}" --allow-absolute="${{inputs.allow-absolute}}"
        """#,
        "test/tw/verify-service": #"""
        name: Check the package's services
        needs:
          packages:
            - verify-service
        inputs:
          skip-files:
            description: File names to leave out, separated by spaces.
            default: ""
          man:
            description: Whether the manual pages that services name must be there; true or false.
            default: "false"
        pipeline:
          - runs: |
              verify-service --package '${{context.name}}' --man ${{inputs.man}} --skip-files '${{inputs.skip-files}}'
        """#,
    ]
}
