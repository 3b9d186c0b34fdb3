extension BuiltInPipelines {
    /// Programs, libraries and what debuggers need into packages of their own.
    static let splitBinaries = [
        "split/bin": #"""
        name: Split programs
        needs:
          packages:
            - busybox
        inputs:
          package:
            description: The package to take programs from; without it the one named like this without -bin, or else the main one.
            required: false
        pipeline:
          - runs: |
              name="${{context.name}}"
              base="${{targets.outdir}}/${name%-bin}"
              from="${{targets.destdir}}"
              into="${{targets.contextdir}}"
              if [ -n "${{inputs.package}}" ]; then
                from="${{targets.outdir}}/${{inputs.package}}"
              elif [ "$name" != "${name%-bin}" ] && [ -d "$base" ]; then
                from=$base
              fi
        \#(splitRefusal)
              set -- "$from"/usr/bin/*
              if [ ! -e "$1" ] && [ ! -L "$1" ]; then
                echo "split/bin: there are no programs in $from/usr/bin" >&2
                exit 1
              fi
              mkdir -p "$into/usr/bin"
              mv "$@" "$into/usr/bin/"
              find "$from/usr" -mindepth 1 -depth -type d -exec rmdir {} + 2>/dev/null || :
        """#,
        "split/lib": #"""
        name: Split shared libraries
        needs:
          packages:
            - busybox
        inputs:
          package:
            description: The package to take libraries from; without it the main one.
            required: false
          patterns:
            description: Names between lib and .so of the libraries to take, a line each; without it all.
            required: false
          paths:
            description: Folders beside lib and usr/lib to look in, a line each.
            required: false
        pipeline:
          - runs: |
        \#(splitFolders)
        \#(splitMove)
              cd "$from" 2>/dev/null || exit 0
              patterns="${{inputs.patterns}}"
              folders="lib
              usr/lib
              ${{inputs.paths}}"

              take() {
                found=$(find "$1/" -maxdepth 1 -name "$2" '(' -type f -o -type l ')')
                while IFS= read -r library; do
                  [ -z "$library" ] || move "$library"
                done <<END_OF_LIST
              $found
              END_OF_LIST
              }
              while read -r folder; do
                folder=${folder%/}
                if [ -z "$folder" ] || [ ! -d "$folder" ] || [ -L "$folder" ]; then continue; fi
                while read -r pattern; do
                  case $pattern in
                    '') ;;
                    '*') take "$folder" '*.so.*' ;;
                    *) take "$folder" "lib$pattern.so.*" ;;
                  esac
                done <<END_OF_PATTERNS
              ${patterns:-*}
              END_OF_PATTERNS
                rmdir "$folder" 2>/dev/null || :
              done <<END_OF_FOLDERS
              $folders
              END_OF_FOLDERS
        """#,
        "split/debug": #"""
        name: Split what debuggers need
        needs:
          packages:
            - binutils
            - busybox
            - scanelf
        inputs:
          package:
            description: The package to take debugging information from; without it the main one.
            required: false
        pipeline:
          - runs: |
        \#(splitFolders)
        \#(elfFiles)
              cd "$from" 2>/dev/null || exit 0
              work=$(mktemp -d)
              trap 'rm -rf "$work"' EXIT
              elf_files . DYN > "$work/list"
              while IFS= read -r file; do
                [ -f "$file" ] || continue
                # Of a file with several names the first one is followed by all.
                inode=$(stat -c %d-%i "$file")
                [ ! -e "$work/$inode" ] || continue
                : > "$work/$inode"
                debug=$into/usr/lib/debug/${file#./}.debug
                mkdir -p "${debug%/*}"
                objcopy --only-keep-debug "$file" "$debug"
                objcopy --strip-unneeded --remove-section .comment --add-gnu-debuglink="$debug" "$file" "$work/stripped"
                # The content alone, so that names, owner, mode and attributes stay.
                cat "$work/stripped" > "$file"
              done < "$work/list"
        """#,
    ]
}
