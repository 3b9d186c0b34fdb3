# shellcheck shell=bash
# shellcheck disable=SC2034 # Variables are for the tests.
# What the tests of the built tools share: a scratch folder, checks that are counted, and clean-up in reverse order.
# A test is a bash script that sources this file; its exit status is 1 if any check failed.
set -u
export LC_ALL=C.UTF-8 TZ=UTC

tests=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BF_BIN=${BF_BIN:-$(cd "$tests/.." && swift build -c release --show-bin-path)}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/bf-test.XXXXXX")
passed=0
failed=0
endings=()

unset XDG_CONFIG_HOME BF_CONFIG XDG_STATE_HOME STATE_DIRECTORY NOTIFY_SOCKET WATCHDOG_USEC BF_OWNER
export PATH="$BF_BIN:$PATH" HOME="$scratch/home" BF_STATE="$scratch/state"
mkdir "$HOME"

# at_end COMMAND...: run when the test ends, the last one first.
at_end() { endings+=("$(printf '%q ' "$@")"); }

finish() {
    local status=$? index
    trap - EXIT
    for ((index = ${#endings[@]} - 1; index >= 0; index--)); do eval "${endings[index]}"; done >/dev/null 2>&1
    printf '%s: %d passed, %d failed\n' "$(basename "$0")" "$passed" "$failed"
    [ "$failed" -eq 0 ] || exit 1
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
# Jobs make folders that cannot be entered.
at_end eval "chmod -R u+rwX '$scratch'; rm -rf '$scratch'"

pass() { passed=$((passed + 1)); }

# fail WHAT EXPECTED GOT
fail() {
    failed=$((failed + 1))
    printf 'FAILED %s\n    expected: %s\n    got:      %s\n' "$1" "$2" "$3"
}

# equal WHAT EXPECTED GOT
equal() { if [ "$2" = "$3" ]; then pass; else fail "$@"; fi; }

# matches WHAT PATTERN GOT: an extended regular expression.
matches() { if [[ $3 =~ $2 ]]; then pass; else fail "$1" "a match of $2" "$3"; fi; }

# lacks WHAT PATTERN GOT
lacks() { if [[ $3 =~ $2 ]]; then fail "$1" "no match of $2" "$3"; else pass; fi; }

# run COMMAND...: its outputs go to the variables out and err, its exit status to status.
run() {
    "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
    status=$?
    out=$(tr -d '\0' <"$scratch/out")
    err=$(tr -d '\0' <"$scratch/err")
}

# exits WHAT STATUS COMMAND...: as run, and checks the exit status.
exits() {
    local what=$1 expected=$2
    shift 2
    run "$@"
    if [ "$status" = "$expected" ]; then pass; else fail "$what" "exit status $expected" "exit status $status, saying \"$err\""; fi
}

# eventually SECONDS COMMAND...: waits until the command succeeds.
eventually() {
    local end=$((${EPOCHREALTIME/./} + $1 * 1000000))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "${EPOCHREALTIME/./}" -lt "$end" ] || return 1
        sleep 0.02
    done
}

# comes WHAT SECONDS COMMAND...: as eventually, and checks that it did.
comes() {
    local what=$1 seconds=$2
    shift 2
    if eventually "$seconds" "$@"; then pass; else fail "$what" "$* succeeds within $seconds s" "it does not"; fi
}

# ends WHAT SECONDS STATUS PROCESS: checks that a child ends in time and how.
ends() {
    local what=$1 got
    eventually "$2" is_gone "$4" || {
        fail "$what" "process $4 ends within $2 s" "it does not"
        kill -KILL "$4" 2>/dev/null
        wait "$4" 2>/dev/null
        return
    }
    wait "$4" 2>/dev/null
    got=$?
    equal "$what" "exit status $3" "exit status $got"
}

# A process that has ended, whether it was waited for or not.
is_gone() { [[ ! -e /proc/$1 || $(ps -o state= -p "$1") = Z* ]]; }

# start COMMAND...: in the background, with default signal actions; its process is in the variable started, its output in OUT and ERR files.
start_count=0
start() {
    start_count=$((start_count + 1))
    started_out=$scratch/started.$start_count.out
    started_err=$scratch/started.$start_count.err
    env --default-signal=INT,QUIT,PIPE "$@" >"$started_out" 2>"$started_err" </dev/null &
    started=$!
    at_end kill -CONT "$started"
    at_end kill -KILL "$started"
}

# kill_now PROCESS: SIGKILL to a child, and waits for its end.
kill_now() {
    kill -KILL "$1"
    wait "$1" 2>/dev/null
}

# A state directory of its own for what follows.
state_count=0
new_state() {
    state_count=$((state_count + 1))
    export BF_STATE="$scratch/state.$state_count"
}

# submit [OPTION...] <DOCUMENT: the id of the build goes to the variable build. Without one there is nothing to test.
submit() {
    bf-submit -q --format ndjson "$@" - >"$scratch/submitted" || {
        fail 'a submission' 'a build' 'none'
        exit 1
    }
    build=$(jq -r .id "$scratch/submitted")
}

# of ID FILTER: what jq makes of the record of a build, a job or an attempt.
of() { bf-status --format ndjson "$1" | jq -r "select(.id == \"$1\") | $2"; }

# job BUILD NAME [FILTER]: of a job, by default its id.
job() { bf-status --format ndjson "$1" | jq -r "select(.kind == \"job\" and .name == \"$2\") | ${3:-.id}"; }

# attempts ID FILTER: of all attempts of a job, or of all jobs of a build, on one line.
attempts() {
    bf-status --format ndjson "$1" | jq -r 'select(.kind == "job").id' | bf-status --format ndjson - |
        jq -r "select(.kind == \"attempt\") | $2" | paste -sd ' '
}

# is ID FILTER VALUE
is() { [ "$(of "$1" "$2")" = "$3" ]; }

# log BUILD NAME
log() { bf-logs "$(job "$1" "$2")"; }

# new_mark: a number, in the variable mark, that only processes of the job at hand have in their arguments or environment.
new_mark() { mark=7$((BASHPID % 100000))$RANDOM$RANDOM; }

# survivors MARK: processes with the mark, or with a file of an attempt open.
survivors() {
    printf '%s' "$1" >"$scratch/mark"
    {
        grep -laFf "$scratch/mark" /proc/[0-9]*/cmdline /proc/[0-9]*/environ
        find /proc/[0-9]*/fd -lname "$BF_STATE/work/*"
    } 2>/dev/null | cut -d / -f 3 | sort -nu | while read -r process; do
        printf '%s (%s) ' "$process" "$(tr '\0' ' ' <"/proc/$process/cmdline")"
    done 2>/dev/null
}

has_survivors() { [ -n "$(survivors "$1")" ]; }
has_no_survivors() { ! has_survivors "$1"; }

# The ids of runners that left their lock behind: dead ones, if none is at work.
runner_ids() { for lock in "$BF_STATE"/runners/*.lock; do [ -e "$lock" ] && basename "$lock" .lock; done; }

# groups_of RUNNER...: the names of their control groups, on one line.
groups_of() {
    local runner
    for runner; do find /sys/fs/cgroup -type d -name "bf-*-$runner-*" -printf '%f\n' 2>/dev/null; done | sort -u | paste -sd ' '
}

remove_groups_of() {
    local runner
    for runner; do find /sys/fs/cgroup -depth -type d -name "bf-*-$runner-*" -exec rmdir {} + 2>/dev/null; done
}

# nothing_left WHAT MARK RUNNER...: no process, no control group and no scratch is left of these runners, and the database is whole.
nothing_left() {
    local what=$1
    comes "$what: processes end ($(survivors "$2"))" 5 has_no_survivors "$2"
    shift 2
    equal "$what: control groups left" '' "$(groups_of "$@")"
    remove_groups_of "$@"
    equal "$what: files in work/" '' "$(ls -A "$BF_STATE/work")"
    equal "$what: locks of runners" '' "$(runner_ids)"
    equal "$what: integrity_check" ok "$(sqlite3 -readonly "$BF_STATE/farm.sqlite" 'PRAGMA integrity_check')"
}

# is_root: some faults need it.
is_root() { [ "$(id -u)" -eq 0 ]; }

for tool in jq sqlite3 python3; do
    command -v "$tool" >/dev/null || {
        echo "$tool is not installed" >&2
        exit 69
    }
done
