extension BuiltInPipelines {
    /// Changes to the sources before they are built.
    static let patching = [
        "patch": #"""
        name: Apply patches
        needs:
          packages:
            - patch
        inputs:
          strip-components:
            description: How many leading folders of the paths in a patch are dropped.
            default: 1
          fuzz:
            description: How many lines of context may differ.
            default: 2
          patches:
            description: The patch files, in order, separated by white space.
          series:
            description: A file that lists the patch files, a line each, as quilt keeps it.
        pipeline:
          - runs: |
              # Values come in as documents, so that no character of theirs is the shell's.
              read -r level <<'END_OF_LEVEL'
              ${{inputs.strip-components}}
              END_OF_LEVEL
              read -r fuzz <<'END_OF_FUZZ'
              ${{inputs.fuzz}}
              END_OF_FUZZ
              read -r series <<'END_OF_SERIES'
              ${{inputs.series}}
              END_OF_SERIES
              patches=$(tr -s '[:space:]' '\n' <<'END_OF_PATCHES'
              ${{inputs.patches}}
              END_OF_PATCHES
              )
              fail() {
                printf 'patch: %s\n' "$1" >&2
                exit 1
              }

              case $level in '' | *[!0-9]*) fail "strip-components: expected a whole number, found '$level'" ;; esac
              case $fuzz in '' | *[!0-9]*) fail "fuzz: expected a whole number, found '$fuzz'" ;; esac
              if [ -n "$series" ]; then
                [ -f "$series" ] || fail "series: there is no file '$series'"
                patches=$(cat -- "$series")
              elif [ -z "$patches" ]; then
                fail "nothing to apply: name files in patches or a list in series"
              fi

              while read -r file; do
                case $file in '' | '#'*) continue ;; esac
                [ -f "$file" ] || fail "there is no file '$file'"
                printf 'patch: %s\n' "$file"
                patch --verbose "--fuzz=$fuzz" "-p$level" < "$file"
              done <<END_OF_LIST
              $patches
              END_OF_LIST
        """#,
        "sed": #"""
        name: Replace text in files
        inputs:
          path:
            description: The files, as paths and patterns of the shell, separated by spaces.
            required: true
          pattern:
            description: An extended regular expression; one that is found nowhere is an error.
            required: true
          replacement:
            description: What stands in its place.
            required: true
          delimiter:
            description: The character between the parts of the sed command; without it one that both parts lack.
            required: false
            default: ""
        pipeline:
          - runs: |
              # Values come in as documents, so that no character of theirs is the shell's.
              pattern=$(cat <<'END_OF_PATTERN'
              ${{inputs.pattern}}
              END_OF_PATTERN
              )
              replacement=$(cat <<'END_OF_REPLACEMENT'
              ${{inputs.replacement}}
              END_OF_REPLACEMENT
              )
              delimiter=$(cat <<'END_OF_DELIMITER'
              ${{inputs.delimiter}}
              END_OF_DELIMITER
              )
              fail() {
                printf 'sed: %s\n' "$1" >&2
                exit 1
              }
              # The first of the arguments that is in neither part.
              free() {
                for mark; do
                  case $pattern$replacement in
                    *"$mark"*) ;;
                    *) printf '%s' "$mark" && return ;;
                  esac
                done
              }

              case $delimiter in
                '') mark=$(free / '|' '#' '@' , : ';' '!' '%') ;;
                ?) mark=$(free "$delimiter") ;;
                *) fail "delimiter: expected one character, found '$delimiter'" ;;
              esac
              [ -n "$mark" ] || fail "delimiter: choose a character that is neither in pattern nor in replacement"
              set -- ${{inputs.path}}
              grep -E -q -e "$pattern" -- "$@" || fail "no file has the pattern: $pattern"
              sed -E -i -e "s$mark$pattern$mark$replacement${mark}g" -- "$@"
        """#,
    ]
}
