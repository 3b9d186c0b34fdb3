# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # Variables are for the tests, or from library.sh.
# A farm of packages for a test, from nothing: its key, a base made of the machine's own programs, and its repository, served. Sourced after
# library.sh.
farm=$scratch/farm
signing_key=$scratch/keys/farm.rsa
repository=$BF_STATE/packages/x86_64

# states: a line for each job of the build, sorted.
states() { bf-status --format ndjson "$build" | jq -r 'select(.kind == "job") | "\(.name) \(.state) \(.message // "")"' | sort; }

# build WHAT ARGUMENT...: submits and runs; shows logs if not all is well.
build() {
    local what=$1
    shift
    exits "$what: submission" 0 bf-submit --format ndjson "$@"
    build=$(jq -r .id <<<"$out")
    exits "$what: bf-run" 0 bf-run --signing-key "$signing_key" -j"${slots:-2}" --format ndjson
    [ "$status" = 0 ] || {
        states
        bf-logs --failed "$build" | tail -n 60
        exit 1
    }
}

# What the compiler of this machine is made of, without what only other languages need.
list_toolchain() {
    local packages=(binutils binutils-x86-64-linux-gnu cpp cpp-12 gcc gcc-12 libbinutils libc6-dev libctf0 libctf-nobfd0 libgcc-12-dev
        libgmp10 libgprofng0 libisl23 libjansson4 libmpc3 libmpfr6 libzstd1 linux-libc-dev make pax-utils zlib1g libcrypt-dev libstdc++6)
    dpkg -L "${packages[@]}" | sort -u | while read -r path; do
        if [ ! -d "$path" ] || [ -L "$path" ]; then
            path=${path#/}
            case $path in lib/* | lib64/* | bin/*) path=usr/$path ;; esac
            echo "$path"
        fi
    done | grep -vE '^(etc|usr/share)/|/lto|/plugin/|sanitizer|/lib[almtu]*san|/s?bin/c?gprofng|/gcov' | sort -u
}

make_key() {
    mkdir "${signing_key%/*}"
    exits 'bf-run keygen' 0 bf-run keygen "$signing_key"
    equal 'bf-run keygen: says where the public half is' "$signing_key.pub" "$out"
    equal 'the private key is its owner'"'"'s' 600 "$(stat -c %a "$signing_key")"
    matches 'openssl reads the key' 'RSA key ok' "$(openssl rsa -check -noout -in "$signing_key" 2>&1)"
    exits 'bf-run keygen: does not replace a key' 73 bf-run keygen "$signing_key"
}

# build_base NAME...: of the configurations in RealPackages/base.
build_base() {
    local name
    mkdir -p "$farm/base"
    for name; do cp "$tests/RealPackages/base/$name.yaml" "$farm/base/"; done
    [ ! -e "$farm/base/toolchain.yaml" ] || {
        mkdir "$farm/base/toolchain"
        list_toolchain >"$farm/base/toolchain/files.list"
    }
    build 'the base' "$farm/base"
    equal 'the base is built' "$(printf '%s success \n' "$@" | sort)" "$(states)"
}

# serve_repository: at ${server}/packages from now on, and runners of this state directory take packages from there.
serve_repository() {
    start bf-serve --listen-addr 127.0.0.1:0
    comes 'bf-serve: says where it listens' 10 grep -q 'listening on http' "$started_err"
    server=$(sed -n 's/.*listening on //p' "$started_err")
    printf 'packages:\n  repositories: [%s/packages]\n  keys: [%s/packages/keys/%s.pub]\n  signing_key: %s\n' \
        "$server" "$server" "${signing_key##*/}" "$signing_key" >"$BF_STATE/bf.yaml"
    equal 'the key is served under the name that was chosen' 404 \
        "$(curl -s -o /dev/null -w '%{http_code}' "$server/packages/keys/${signing_key##*/}.pub")"
    kill -TERM "$started"
    ends 'bf-serve ends' 10 0 "$started"
    start bf-serve --listen-addr "${server#http://}"
    comes 'bf-serve: is back' 10 grep -q 'listening on http' "$started_err"
    exits 'the key is served' 0 curl -sf "$server/packages/keys/${signing_key##*/}.pub"
    equal 'the key is served as it is' "$(cat "$signing_key.pub")" "$out"
}

# second_farm: a state directory of its own that takes packages from the first one's repository.
second_farm() {
    local settings=$scratch/state/bf.yaml
    new_state
    mkdir -m 700 "$BF_STATE"
    cp "$settings" "$BF_STATE/bf.yaml"
}

index() { tar -xzOf "$repository/APKINDEX.tar.gz" APKINDEX 2>/dev/null; }
# entry NAME FIELD: a field of a package in the index.
entry() { index | awk -v RS= -v name="P:$1" '$0 ~ "(^|\n)" name "(\n|$)"' | sed -n "s/^$2://p"; }

# repository_faults FOLDER: what is wrong with a repository, by openssl and zlib; nothing if all is well.
repository_faults() { "$tests/RealPackages/check-repository" "$signing_key.pub" "$1" 2>&1; }

# configuration NAME [FILTER]: a small package in a root of busybox, changed by jq, goes to ${farm}/NAME.yaml: JSON is YAML.
configuration() {
    # shellcheck disable=SC2016 # Variables of jq and of melange.
    jq -n --arg name "$1" '{
        package: {$name, version: "1", description: "A small package", copyright: [{license: "MIT"}]},
        environment: {contents: {packages: ["busybox"]}},
        pipeline: [{runs: "mkdir -p ${{targets.destdir}}/usr/share\necho \($name) >${{targets.destdir}}/usr/share/\($name)"}]
    } | '"${2:-.}" >"$farm/$1.yaml"
}
