extension BuiltInPipelines {
    /// Programs that run until they are stopped.
    static let testDaemon = [
        "test/daemon-check-output": #"""
        name: Start a daemon and wait for what it prints
        needs:
          packages:
            - busybox
            - wait-for-it
        inputs:
          start:
            description: The command line of the daemon, which must stay in the foreground; its programs by absolute paths.
            required: true
          setup:
            description: A script to run before; without a first line of its own it is the shell's. What it starts is not stopped.
            required: false
          post:
            description: A script to run once the output is there, while the daemon runs.
            required: false
          timeout:
            description: How long the output may take, in seconds.
            default: 30
          expected_output:
            description: What must be in the output, as regular expressions, a line each.
            required: true
          error_strings:
            description: What must not be in the output, as regular expressions, a line each.
            required: true
            default: |
              ERROR
              FAIL
              FATAL
              Traceback.*most.recent.call
              Exception in thread
              java.lang.NullPointerException
              java.lang.RuntimeException
              Gem::MissingSpecError
              command not found
        pipeline:
          - runs: |
              # Nobody needs to see how the rest works.
              set +x
              folder=$(mktemp -d)
              trap 'rm -rf "$folder"' EXIT
              cat > "$folder/setup" <<'END_OF_SETUP'
              ${{inputs.setup}}
              END_OF_SETUP
              cat > "$folder/post" <<'END_OF_POST'
              ${{inputs.post}}
              END_OF_POST
              cat > "$folder/expected" <<'END_OF_EXPECTED'
              ${{inputs.expected_output}}
              END_OF_EXPECTED
              cat > "$folder/errors" <<'END_OF_ERRORS'
              ${{inputs.error_strings}}
              END_OF_ERRORS

              say() { echo "test/daemon-check-output: $1"; }
              run() {
                grep -q '[^[:space:]]' "$folder/$1" || return 0
                say "$1"
                read -r first < "$folder/$1"
                case $first in
                  '#!'*)
                    chmod 755 "$folder/$1"
                    "$folder/$1"
                    ;;
                  *) sh -e -x "$folder/$1" ;;
                esac
              }
              # The expressions of a list that the output has (found) or lacks (missing).
              lines() {
                while read -r expression; do
                  [ -n "$expression" ] || continue
                  if grep -q -e "$expression" "$folder/output"; then state=found; else state=missing; fi
                  [ "$state" != "$2" ] || printf '%s\n' "$expression"
                done < "$folder/$1"
              }
              running() { kill -0 "$daemon" 2>/dev/null; }
              # Waits until the daemon has ended or some seconds have passed.
              await() {
                left=$1
                while running && [ "$left" -gt 0 ]; do
                  sleep 1
                  left=$((left - 1))
                done
              }

              run setup
              set -- ${{inputs.start}}
              say "start: $*"
              "$@" < /dev/null > "$folder/output" 2>&1 &
              daemon=$!
              status=0
              seconds=0
              while [ -n "$(lines expected missing)" ] && [ "$seconds" -lt "${{inputs.timeout}}" ]; do
                if ! running; then
                  wait "$daemon" || status=$?
                  say "the daemon has ended with status $status"
                  break
                fi
                sleep 1
                seconds=$((seconds + 1))
              done
              missing=$(lines expected missing)
              wrong=$(lines errors found)
              run post || {
                status=$?
                say "post has failed with status $status"
              }

              say "output after $seconds seconds:"
              sed 's/^/> /' "$folder/output"
              if [ -n "$missing" ]; then
                printf 'test/daemon-check-output: the output lacks:\n%s\n' "$missing" >&2
                status=1
              fi
              if [ -n "$wrong" ]; then
                printf 'test/daemon-check-output: the output has:\n%s\n' "$wrong" >&2
                status=1
              fi
              if kill "$daemon" 2>/dev/null; then
                await 30
                kill -KILL "$daemon" 2>/dev/null || :
                wait "$daemon" 2>/dev/null || :
              fi
              exit "$status"
        """#
    ]
}
