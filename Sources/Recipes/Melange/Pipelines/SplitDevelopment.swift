extension BuiltInPipelines {
    /// What only builds need into packages of their own.
    static let splitDevelopment = [
        "split/dev": #"""
        name: Split what builds need
        needs:
          packages:
            - busybox
        inputs:
          package:
            description: The package to take headers, links and the like from; without it the main one.
            required: false
          prefix:
            description: The folder that the package is installed below.
            default: "/usr"
        pipeline:
          - runs: |
        \#(splitFolders)
        \#(splitMove)
              cd "$from" 2>/dev/null || exit 0
              prefix=$(printf '%s' "${{inputs.prefix}}" | sed 's,^/*,,')

              # Folders with anything to compile or link; libraries of the system may lie beside the prefix.
              set --
              if [ "${prefix%%/*}" = usr ] && [ -d lib ] && [ ! -L lib ]; then set -- lib; fi
              [ ! -d "$prefix" ] || set -- "$@" "$prefix"

              # All is found before anything is moved: a folder that goes takes what was found in it along.
              found=$(
                for entry in "$prefix/include" "$prefix"/lib/pkgconfig "$prefix"/share/pkgconfig "$prefix"/share/aclocal \
                  "$prefix"/share/gettext "$prefix"/bin/*-config "$prefix"/bin/*_config "$prefix"/share/vala/vapi \
                  "$prefix"/share/gir-[0-9]* "$prefix"/share/qt*/mkspecs "$prefix"/lib/qt*/mkspecs "$prefix"/lib/cmake \
                  "$prefix"/share/cmake "$prefix"/lib/glade/modules "$prefix"/share/glade/catalogs; do
                  printf '%s\n' "$entry"
                done
                find . -type d -name include
                [ $# -eq 0 ] || find "$@" -name '*.a' -o -name '*.[cho]' -o -name '*.prl'
              )
              while IFS= read -r entry; do
                [ -e "$entry" ] || [ -L "$entry" ] || continue
                move "$entry"
                rmdir "${entry%/*}" 2>/dev/null || :
              done <<END_OF_LIST
              $found
              END_OF_LIST

              # Links without a version are for the linker; libraries stay.
              case $prefix in
                usr) set -- lib usr/lib ;;
                */usr) set -- "${prefix%/*}/lib" "$prefix/lib" ;;
                *) set -- "$prefix/lib" ;;
              esac
              for folder; do
                [ ! -L "$folder" ] || continue
                for link in "$folder"/*.so; do
                  if [ -L "$link" ]; then move "$link"; fi
                done
              done
        """#,
        "split/static": #"""
        name: Split static libraries
        needs:
          packages:
            - busybox
        inputs:
          package:
            description: The package to take static libraries from; without it the main one.
            required: false
        pipeline:
          - runs: |
        \#(splitFolders)
        \#(splitMove)
              cd "$from" 2>/dev/null || exit 0
              set --
              for folder in lib usr; do
                if [ -d "$folder" ] && [ ! -L "$folder" ]; then set -- "$@" "$folder"; fi
              done
              [ $# -gt 0 ] || exit 0
              found=$(find "$@" -name '*.a')
              while IFS= read -r library; do
                [ -n "$library" ] || continue
                move "$library"
                rmdir "${library%/*}" 2>/dev/null || :
              done <<END_OF_LIST
              $found
              END_OF_LIST
        """#,
    ]
}
