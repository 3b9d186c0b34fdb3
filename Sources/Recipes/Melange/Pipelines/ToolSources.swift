extension BuiltInPipelines {
    /// Whether sources of other languages, as packages install them, can be read.
    static let toolSources = [
        "test/tw/lua-syntax-check": #"""
        name: Check that Lua files can be compiled
        needs:
          packages:
            - luajit
        pipeline:
          - runs: |
              files=$(
                for folder in /usr/lib/lua /usr/share/lua; do
                  [ ! -d "$folder" ] || find "$folder/" -name '*.lua'
                done
              )
              if [ -z "$files" ]; then
                echo "test/tw/lua-syntax-check: there are no Lua files" >&2
                exit 1
              fi
              failed=0
              while IFS= read -r file; do
                if ! luajit -b "$file" /dev/null < /dev/null; then
                  echo "test/tw/lua-syntax-check: $file cannot be compiled" >&2
                  failed=1
                fi
              done <<END_OF_LIST
              $files
              END_OF_LIST
              exit "$failed"
        """#,
        "test/tw/xml-syntax-check": #"""
        name: Check that XML files are well-formed
        needs:
          packages:
            - expat
        inputs:
          path:
            description: The folder to look in, below the root.
            default: "usr/share"
        pipeline:
          - runs: |
              files=$(find "/${{inputs.path}}" -type f -name '*.xml')
              if [ -z "$files" ]; then
                echo "test/tw/xml-syntax-check: there are no XML files below /${{inputs.path}}" >&2
                exit 1
              fi
              while IFS= read -r file; do
                # Some versions of xmlwf print what is wrong and end as if all were well.
                wrong=$(xmlwf "$file" < /dev/null)
                if [ -n "$wrong" ]; then
                  echo "test/tw/xml-syntax-check: $wrong" >&2
                  exit 1
                fi
              done <<END_OF_LIST
              $files
              END_OF_LIST
        """#,
        "test/tw/srcpackage": #"""
        name: Check that the package has sources
        needs:
          packages:
            - file
        inputs:
          dir:
            description: The folder that they are below.
            default: "/usr/src/"
          name:
            description: A pattern of file names, as find takes it.
            default: "*"
        pipeline:
          - runs: |
              files=$(find "${{inputs.dir}}" -type f -name "${{inputs.name}}" -size +0 ! -path '*/.git/*')
              sample=$(printf '%s\n' "$files" | sed 10q)
              while IFS= read -r file; do
                case $(file -b "$file" 2>/dev/null) in *text* | *source* | *script*) exit 0 ;; esac
              done <<END_OF_LIST
              $sample
              END_OF_LIST
              echo "test/tw/srcpackage: none of the first files below ${{inputs.dir}} is text" >&2
              exit 1
        """#,
    ]
}
