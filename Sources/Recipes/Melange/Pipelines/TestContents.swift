extension BuiltInPipelines {
    /// Whether what a package installs can be used.
    static let testContents = [
        "test/docs": #"""
        name: Check that documentation can be read
        needs:
          packages:
            - apk-tools
            - grep
            - man-db
            - texinfo
        inputs:
          path-prefix:
            description: The folder of documentation.
            default: "usr/share"
        pipeline:
          - runs: |
        \#(installedFiles)
              prefix="${{inputs.path-prefix}}"
              readable=0
              while IFS= read -r file; do
                [ -f "/$file" ] || continue
                case $file in
                  usr/share/man/db/*) ;;
                  "$prefix"/man/*) man -l "/$file" > /dev/null < /dev/null ;;
                esac
                case $file in
                  "$prefix"/*) cat "/$file" > /dev/null ;;
                  *) continue ;;
                esac
                readable=$((readable + 1))
              done <<END_OF_LIST
              $files
              END_OF_LIST
              if [ "$readable" -eq 0 ]; then
                echo "test/docs: $package has nothing to read below /$prefix: does split/manpages or split/infodir find anything?" >&2
                printf '%s\n' "$files" >&2
                exit 1
              fi
        """#,
        "test/no-docs": #"""
        name: Check that documentation is in another package
        needs:
          packages:
            - apk-tools
            - man-db
        pipeline:
          - runs: |
        \#(installedFiles)
              case $package in *-doc) exit 0 ;; esac
              # Where man looks, and the usual places.
              folders="usr/share/man:usr/local/share/man:usr/man:usr/share/info:usr/local/share/info:$(man --path 2>/dev/null || :)"
              found=0
              while IFS= read -r file; do
                [ -f "/$file" ] && [ "${file##*/}" != dir ] || continue
                IFS=:
                for folder in $folders; do
                  case $file in
                    "${folder#/}"/*)
                      echo "test/no-docs: $package has documentation: /$file" >&2
                      found=1
                      break
                      ;;
                  esac
                done
                unset IFS
              done <<END_OF_LIST
              $files
              END_OF_LIST
              if [ "$found" -ne 0 ]; then
                echo "test/no-docs: move it with split/manpages and split/infodir" >&2
                exit 1
              fi
        """#,
        "test/pkgconf": #"""
        name: Check that pkgconf finds the libraries
        needs:
          packages:
            - pkgconf
        pipeline:
          - runs: |
        \#(installedFiles)
              # A file that is not where pkgconf looks serves nobody.
              folders="/usr/lib/pkgconfig:/usr/share/pkgconfig:$PKG_CONFIG_PATH"
              found() {
                IFS=:
                for folder in $folders; do
                  [ ! -e "$folder/$1.pc" ] || return 0
                done
                return 1
              }
              modules=0
              while IFS= read -r file; do
                case $file in *.pc) modules=1 ;; *) continue ;; esac
                grep -q ^Name: "/$file" || continue
                module=${file##*/}
                module=${module%.pc}
                if ! (found "$module"); then
                  echo "test/pkgconf: /$file is not where pkgconf looks" >&2
                  exit 1
                fi
                pkgconf --print-errors --exists "$module"
                ! grep -q ^Version: "/$file" || pkgconf --modversion "$module"
                ! grep -q ^Libs: "/$file" || pkgconf --libs "$module"
                ! grep -q ^Cflags: "/$file" || pkgconf --cflags "$module"
              done <<END_OF_LIST
              $files
              END_OF_LIST
              [ "$modules" -eq 1 ] || echo "test/pkgconf: $package has no .pc files: this test is not needed"
        """#,
        "test/fonts": #"""
        name: Check that fonts are fonts
        needs:
          packages:
            - file
            - py3-fonttools
        inputs:
          path-prefix:
            description: The folder of the fonts folder.
            default: "usr/share"
        pipeline:
          - runs: |
        \#(installedFiles)
              kind() { file -b "$1" | grep -E -i "$2"; }
              fonts=0
              while IFS= read -r name; do
                case $name in "${{inputs.path-prefix}}"/fonts/*) ;; *) continue ;; esac
                [ -f "/$name" ] || continue
                fonts=$((fonts + 1))
                case $name in
                  *.alias | *.dir | *.scale) kind "/$name" '^ASCII text|font' ;;
                  *.gz) zcat "/$name" | kind - font ;;
                  # fonttools does not know this format.
                  *.afm | *.pfa | *.pfb) kind "/$name" font ;;
                  *) fonttools ttx -y 0 -l "/$name" < /dev/null ;;
                esac || {
                  echo "test/fonts: /$name is no font" >&2
                  exit 1
                }
              done <<END_OF_LIST
              $files
              END_OF_LIST
              if [ "$fonts" -eq 0 ]; then
                echo "test/fonts: $package has no fonts below /${{inputs.path-prefix}}/fonts" >&2
                exit 1
              fi
        """#,
    ]
}
