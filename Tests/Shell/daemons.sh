# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # Variables are for the tests, or from library.sh.
# Real daemons for a test, each on a machine of its own as far as the network tells: sourced after library.sh. Needs root.
# A machine is a process that holds a network, mount and pid namespace: when it dies, and it dies with the test even by SIGKILL, everything
# that was started there dies too, and its mounts are gone.

declare -A machine_process machine_address machine_link daemon_process sockets

# start_machine NAME: reachable from here at ${machine_address[NAME]}.
start_machine() {
    local name=$1 holder folder=$scratch/$1 third fourth
    mkdir -p "$folder"
    setpriv --pdeathsig KILL unshare --net --mount --pid --fork --kill-child --mount-proc sleep infinity &
    holder=$!
    at_end kill -KILL "$holder"
    eventually 10 pgrep -P "$holder" -x sleep
    machine_process[$name]=$(pgrep -P "$holder" -x sleep)
    machine_link[$name]=bf$BASHPID$((RANDOM % 1000))
    until [ -n "${machine_address[$name]:-}" ]; do
        third=$((RANDOM % 256)) fourth=$((RANDOM % 64 * 4))
        ip -o -4 address | grep -q " 10\.213\.$third\.$((fourth + 1))/" || machine_address[$name]=10.213.$third.$((fourth + 2))
    done
    ip link add "${machine_link[$name]}" type veth peer name eth0 netns "${machine_process[$name]}"
    ip address add "10.213.$third.$((fourth + 1))/30" dev "${machine_link[$name]}"
    ip link set "${machine_link[$name]}" up
    on_machine "$name" ip link set lo up
    on_machine "$name" ip address add "${machine_address[$name]}/30" dev eth0
    on_machine "$name" ip link set eth0 up
    on_machine "$name" ip route add default via "10.213.$third.$((fourth + 1))"
}

# on_machine NAME COMMAND...
on_machine() {
    local process=${machine_process[$1]}
    shift
    nsenter --target "$process" --net --mount --pid -- "$@"
}

# start_on_machine NAME LOG COMMAND...: in the background; its process is in ${daemon_process[NAME]}.
start_on_machine() {
    local name=$1 log=$2 outer
    shift 2
    nsenter --target "${machine_process[$name]}" --net --mount --pid -- "$@" >>"$log" 2>&1 </dev/null &
    outer=$!
    eventually 10 pgrep -P "$outer"
    daemon_process[$name]=$(pgrep -P "$outer" | head -n 1)
}

# cut_off NAME, join NAME: takes a machine's cable out and puts it in again. At its own end: here the route must stay, or what is sent would
# go wherever the default route leads, where somebody else may answer.
cut_off() { on_machine "$1" ip link set eth0 down; }
join() {
    on_machine "$1" ip link set eth0 up
    on_machine "$1" ip route replace default via "$(ip -o -4 address show dev "${machine_link[$1]}" | sed -n 's|.* inet \([0-9.]*\)/.*|\1|p')"
}

# slow_down NAME: from now on its daemon runs a third of the time.
slow_down() {
    while kill -STOP "${daemon_process[$1]}"; do
        sleep 0.2
        kill -CONT "${daemon_process[$1]}"
        sleep 0.1
    done 2>/dev/null &
    at_end kill -KILL $!
    slow_process=$!
}

answers_ping() { [ "$(curl -s -m 2 --unix-socket "$1" http://daemon/_ping)" = OK ]; }

# await_socket NAME LOG: without a daemon there is nothing to test.
await_socket() {
    eventually 60 answers_ping "${sockets[$1]}" && return
    tail -n 20 "$2"
    fail "the daemon on $1" 'an answer to _ping' 'none within 60 s'
    exit 1
}

# start_dockerd NAME [OPTION...]: its socket is in ${sockets[NAME]} and in $socket. Starting it again after its end finds its old data.
start_dockerd() {
    local name=$1 folder=$scratch/$1
    shift
    [ -n "${machine_process[$name]:-}" ] || start_machine "$name"
    socket=$folder/docker.sock
    sockets[$name]=$socket
    rm -f "$folder/docker.pid" "$folder/exec/containerd/containerd.pid"
    start_on_machine "$name" "$folder/dockerd.log" env HOME="$folder" dockerd --data-root "$folder/data" --exec-root "$folder/exec" \
        -H "unix://$socket" --pidfile "$folder/docker.pid" --cgroup-parent "/bf-test-$$-$name" "$@"
    at_end find /sys/fs/cgroup -depth -type d -path "*/bf-test-$$-$name*" -exec rmdir '{}' +
    await_socket "$name" "$folder/dockerd.log"
}

# start_podman NAME: as start_dockerd. The limits are those that a machine without CAP_SYS_RESOURCE can give.
start_podman() {
    local name=$1 folder=$scratch/$1
    [ -n "${machine_process[$name]:-}" ] || start_machine "$name"
    socket=$folder/podman.sock
    sockets[$name]=$socket
    cat >"$folder/containers.conf" <<-END
		[containers]
		default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
		[engine]
		cgroup_manager = "cgroupfs"
		events_logger = "file"
		END
    echo '{"default": [{"type": "insecureAcceptAnything"}]}' >"$folder/policy.json"
    mkdir -p "$folder/etc"
    cp "$folder/policy.json" "$folder/etc/policy.json"
    on_machine "$name" mkdir -p /etc/containers
    on_machine "$name" mount --bind "$folder/etc" /etc/containers
    start_on_machine "$name" "$folder/podman.log" env HOME="$folder" CONTAINERS_CONF="$folder/containers.conf" \
        podman --runtime runc --root "$folder/data" --runroot "$folder/run" --tmpdir "$folder/tmp" \
        --network-config-dir "$folder/networks" system service --time=0 "unix://$socket"
    await_socket "$name" "$folder/podman.log"
}

# stop_daemon NAME: by SIGKILL; its containers live on.
stop_daemon() {
    kill -KILL "${daemon_process[$1]}"
    eventually 10 is_gone "${daemon_process[$1]}"
}

# start_registry NAME [USER:PASSWORD]: at 127.0.0.1:5000 for what runs on the machine, with plain HTTP.
start_registry() {
    local name=$1 folder=$scratch/$1 access=${2:-} daemon=${daemon_process[$1]:-}
    [ -n "${machine_process[$name]:-}" ] || start_machine "$name"
    {
        printf 'version: 0.1\nlog:\n  level: warn\nstorage:\n  filesystem:\n    rootdirectory: %s\n' "$folder/registry"
        printf 'http:\n  addr: 0.0.0.0:5000\n'
        if [ -n "$access" ]; then
            python3 -W ignore -c 'import crypt, sys
user, password = sys.argv[1].split(":", 1)
print(user + ":" + crypt.crypt(password, crypt.mksalt(crypt.METHOD_BLOWFISH, rounds=2**4)))' "$access" >"$folder/htpasswd"
            printf 'auth:\n  htpasswd:\n    realm: tests\n    path: %s\n' "$folder/htpasswd"
        fi
    } >"$folder/registry.yml"
    start_on_machine "$name" "$folder/registry.log" docker-registry serve "$folder/registry.yml"
    [ -z "$daemon" ] || daemon_process[$name]=$daemon
    comes "the registry on $name answers" 30 curl -s -m 2 -o /dev/null "http://${machine_address[$name]}:5000/v2/"
}

# busybox_root FOLDER: a root file system of one program with many names.
busybox_root() {
    mkdir -p "$1"/{bin,sbin,usr/bin,usr/sbin,etc,root,var,home/build,proc,sys,dev,run,tmp,build,out,deps}
    cp /bin/busybox "$1/bin/busybox"
    local applet
    for applet in $(/bin/busybox --list); do [ "$applet" = busybox ] || ln -s busybox "$1/bin/$applet"; done
    printf 'root:x:0:0:root:/root:/bin/sh\nbuild:x:1000:1000:build:/home/build:/bin/sh\n' >"$1/etc/passwd"
    printf 'root:x:0:\nbuild:x:1000:\n' >"$1/etc/group"
}

# seed_image SOCKET NAME: makes an image NAME (with :TAG or without) of such a root file system.
seed_image() {
    local root=$scratch/busybox-root answer
    [ -d "$root" ] || busybox_root "$root"
    answer=$(tar -C "$root" --owner 0 --group 0 --numeric-owner -c . | curl -s --unix-socket "$1" -X POST -T - \
        -H 'Content-Type: application/x-tar' "http://daemon/images/create?fromSrc=-&repo=$2")
    matches "the image $2 is made" '"status"' "$answer"
}
