extension BuiltInPipelines {
    /// Whether scripts of shells are sound.
    static let toolShell = [
        "test/tw/shell-deps-check": #"""
        name: Check that the programs that scripts run are there
        needs:
          packages:
            - tw
        inputs:
          files:
            description: The scripts, as paths and patterns of the shell, separated by spaces.
            required: true
          path:
            description: Folders to look for programs in, separated by colons.
            required: false
            default: "/usr/bin"
          strict:
            description: Whether a finding is an error; true or false.
            required: false
            default: true
          verbose:
            description: Whether more is printed; true or false.
            required: false
            default: false
        pipeline:
          - runs: |
              set -- ${{inputs.files}}
              [ "${{inputs.verbose}}" != true ] || set -- --verbose "$@"
              tw shell-deps check --path="${{inputs.path}}" --strict="${{inputs.strict}}" "$@"
        """#,
        "test/tw/shell-deps-check-packages": #"""
        name: Check that the programs that a package's scripts run are there
        needs:
          packages:
            - tw
        inputs:
          package:
            description: The package.
            required: true
          path:
            description: Folders to look for programs in, separated by colons.
            required: false
            default: "/usr/bin"
          strict:
            description: Whether a finding is an error; true or false.
            required: false
            default: true
          verbose:
            description: Whether more is printed; true or false.
            required: false
            default: false
        pipeline:
          - runs: |
              set -- "${{inputs.package}}"
              [ "${{inputs.verbose}}" != true ] || set -- --verbose "$@"
              tw shell-deps check-package --path="${{inputs.path}}" --strict="${{inputs.strict}}" "$@"
        """#,
        "test/tw/shell-syntax-check": #"""
        name: Check that scripts and completions of shells can be read
        inputs:
          files:
            description: The files, separated by spaces; without it all that are installed where such files belong.
            required: false
            default: ""
        needs:
          packages:
            - bash
            - fish
            - zsh
        pipeline:
          - runs: |
              # The shell that a file is for, by its place or its first line.
              shell_of() {
                case $1 in
                  /usr/share/bash-completion/completions/*) echo bash && return ;;
                  /usr/share/zsh/site-functions/*) echo zsh && return ;;
                  /usr/share/fish/vendor_completions.d/*.fish) echo fish && return ;;
                esac
                # Programs have no lines, and may have no end of the first one.
                first=$(head -c 100 "$1" 2>/dev/null | head -n 1 | tr -d '\000')
                case $first in '#!'*) ;; *) return ;; esac
                set -f
                set -- ${first#??}
                [ "${1##*/}" != env ] || shift
                case ${1##*/} in
                  bash | fish | zsh) echo "${1##*/}" ;;
                  ash | busybox | dash | sh) echo sh ;;
                esac
              }
              files="${{inputs.files}}"
              if [ -z "$files" ]; then
                files=$(
                  for folder in /usr/share/bash-completion/completions /usr/share/zsh/site-functions \
                    /usr/share/fish/vendor_completions.d; do
                    [ ! -d "$folder" ] || find "$folder" -type f ! -name '.*'
                  done
                  for folder in /usr/bin /usr/sbin /usr/libexec; do
                    [ ! -d "$folder" ] || find "$folder" -type f -perm -100
                  done
                )
              else
                files=$(printf '%s\n' $files)
              fi
              count=0
              while IFS= read -r file; do
                shell=$(shell_of "$file")
                case $shell in
                  bash) bash --norc -n "$file" ;;
                  fish) fish --no-execute "$file" ;;
                  sh | zsh) "$shell" -n "$file" ;;
                  *) continue ;;
                esac
                count=$((count + 1))
              done <<END_OF_LIST
              $files
              END_OF_LIST
              if [ "$count" -eq 0 ]; then
                echo "test/tw/shell-syntax-check: there are no scripts or completions" >&2
                exit 1
              fi
              echo "$count files of shells can be read"
        """#,
    ]
}
