import Execution
import FarmModel
import Glibc
import HostSystem
import Testing

/// What a phase sees of the machine.
@Suite struct SandboxTests {
    @Test func aPhaseRunsAndItsOutputIsKept() throws {
        let attempt = try TestAttempt("echo hello; id -un; echo done > $BF_OUT/file; pwd; echo error >&2")
        let outcome = try attempt.run()
        #expect(outcome.result == .success)
        #expect(try attempt.log == "hello\nbuild\n/build\nerror\n")
        #expect(try attempt.output("file") == "done\n")
        #expect(outcome.phases.map(\.exitCode) == [0])
    }

    @Test func nothingOfTheMachinesEnvironmentIsVisible() throws {
        setenv("BF_TEST_LEAK", "leaked", 1)
        let attempt = try TestAttempt("env | sort")
        attempt.request.plan.variables = ["ANSWER": "42", "LD_PRELOAD": "", "TZ": "CET"]
        _ = try attempt.run()
        #expect(
            try attempt.log == """
                ANSWER=42
                BF_DEPS=/deps
                BF_OUT=/out
                BF_SECRETS=/run/secrets
                HOME=/home/build
                LANG=C.UTF-8
                LD_PRELOAD=
                LOGNAME=build
                PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
                PWD=/build
                SHELL=/bin/sh
                SOURCE_DATE_EPOCH=315532800
                TMPDIR=/tmp
                TZ=CET
                USER=build

                """)
    }

    @Test func theRootIsReadOnlyAndHoldsNothingElse() throws {
        let attempt = try TestAttempt(
            """
            for place in / /usr /etc /run /var /deps /run/secrets-of-others; do
                if touch $place/file 2>/dev/null; then echo "$place is writable"; fi
            done
            for place in /build /out /tmp /home/build /dev/shm; do touch $place/file || echo "$place is not writable"; done
            ls / | grep -v '^lib'; echo; ls /etc; ls /proc/self/fd; test ! -e /sys
            """)
        let outcome = try attempt.run()
        #expect(outcome.result == .success)
        let parts = try attempt.log.split(separator: "\n\n", maxSplits: 1).map { $0.split(separator: "\n") }
        #expect(parts[0] == ["bin", "build", "deps", "dev", "etc", "home", "out", "proc", "run", "sbin", "tmp", "usr", "var"])
        let allowed: Set<Substring> = [
            "alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "ssl", "ca-certificates", "ca-certificates.conf", "mime.types",
            "terminfo", "passwd", "group", "hosts", "nsswitch.conf", "0", "1", "2", "3",
        ]
        #expect(Set(parts[1]).subtracting(allowed) == [])
        #expect(Set(parts[1]).isSuperset(of: ["passwd", "group", "hosts", "nsswitch.conf"]))
    }

    @Test func capabilitiesAndRightsAreDropped() throws {
        let attempt = try TestAttempt("grep -E '^(Cap|NoNewPrivs|Uid)' /proc/self/status; cat /proc/sys/kernel/hostname")
        #expect(try attempt.run().result == .success)
        let log = try attempt.log
        for name in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] { #expect(log.contains("\(name):\t0000000000000000\n")) }
        #expect(log.contains("NoNewPrivs:\t1\n") && log.contains("Uid:\t1000\t1000\t1000\t1000\n") && log.contains("\nbf\n"))
    }

    /// Where the runner is root, the sandbox's user is root to the kernel, which owns its settings.
    @Test func theKernelsSettingsAreReadOnly() throws {
        let attempt = try TestAttempt(
            """
            find /proc -path '/proc/[0-9]*' -prune -o -path '/proc/*self' -prune -o -path /proc/pressure -prune -o -type f -writable -print 2>/dev/null || true
            echo "$(cat /proc/sys/vm/swappiness)" 2>/dev/null > /proc/sys/vm/swappiness && echo settable
            unshare -Urmpf sh -c 'umount /proc/sys || mount -t proc proc /proc && find /proc/sys -writable | head' 2>/dev/null || true
            """)
        #expect(try attempt.run().result == .success)
        #expect(try attempt.log == "")
    }

    @Test func withoutNetworkThereIsOnlyLoopback() throws {
        let attempt = try TestAttempt(
            "cat /proc/net/dev | tail -n +3 | cut -d: -f1; cat /proc/net/fib_trie | grep -c 127.0.0.1; test ! -e /etc/resolv.conf")
        #expect(try attempt.run().result == .success)
        #expect(try attempt.log.split(whereSeparator: \.isWhitespace).first == "lo")
        #expect(try attempt.log.contains("\n2\n"))
    }

    @Test func hostNetworkIsRefusedUnlessAllowed() throws {
        let attempt = try TestAttempt("cat /proc/net/dev")
        attempt.request.plan.phases[0].network = .host
        let refused = try attempt.run()
        #expect(refused.failure?.failure == .unsatisfiable)
        #expect(refused.failure?.message.contains("--allow-host-network") == true)
        attempt.request.allowsHostNetwork = true
        #expect(try attempt.run().result == .success)
        #expect(
            try attempt.log.split(separator: "\n").count
                == String(decoding: try Files.readAll("/proc/net/dev", limit: 1 << 20), as: UTF8.self).split(separator: "\n").count)
    }

    @Test(.enabled(if: access("/dev/net/tun", R_OK | W_OK) == 0 && access("/usr/bin/slirp4netns", X_OK) == 0))
    func theInternetIsReachedButNotTheMachine() throws {
        let listener = try LoopbackListener()
        let attempt = try TestAttempt(
            """
            cat /etc/resolv.conf; cut -f1 -d: /proc/net/dev | tail -n +3 | tr -d ' ' | sort
            try() { timeout 5 perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(PeerAddr => $ARGV[0], Timeout => 3) ? "open" : "shut", " $ARGV[0]\n"' $1; }
            try 169.254.0.2:\(listener.port); try 169.254.0.100:\(listener.port); try 169.254.169.254:\(listener.port); try 127.0.0.1:\(listener.port)
            """)
        attempt.request.plan.phases[0].network = .internet
        #expect(try attempt.run().result == .success)
        let log = try attempt.log
        #expect(log.hasPrefix("nameserver 169.254.0.3\nlo\ntap0\n"))
        #expect(log.components("shut ") == 4 && !log.contains("open"))
        #expect(eventually { processes(with: "slirp4netns --configure").isEmpty })
    }

    @Test func dependenciesAreReadOnlyUnderTheirNames() throws {
        let attempt = try TestAttempt("cat $BF_DEPS/libstdc++/a $BF_DEPS/@scope/pkg/a; touch $BF_DEPS/libstdc++/b")
        for name in ["one", "two"] {
            try Files.makeFolder("\(attempt.folder)/\(name)")
            try Files.writeAtomically(Array("\(name)\n".utf8), to: "\(attempt.folder)/\(name)/a")
        }
        attempt.request.dependencies = [
            .init(name: "libstdc++", path: attempt.folder + "/one"), .init(name: "@scope/pkg", path: attempt.folder + "/two"),
        ]
        #expect(try attempt.run().failure?.exitCode == 1)
        #expect(try attempt.log.hasPrefix("one\ntwo\n"))
        #expect(try attempt.log.contains("Read-only file system"))
    }

    @Test func cachesSurviveAndOddPlacesAreRefused() throws {
        let attempt = try TestAttempt("echo kept > ~/.cache/tool/file; mkdir -p sub; ln -s /oldroot/tmp link")
        let cache = attempt.folder + "/cache"
        try Files.makeFolder(cache)
        attempt.request.caches = [.init(mount: CacheMount(id: "c", path: "/home/build/.cache/tool"), path: cache)]
        #expect(try attempt.run().result == .success)
        #expect(try Files.readAll(cache + "/file", limit: 100) == Array("kept\n".utf8))
        for place in ["/usr/x", "/build/link/escaped", "/var/tmp/x", "/build/../etc", "relative", "/etc/passwd"] {
            attempt.request.caches[0].mount.path = place
            #expect(try attempt.run().failure?.failure == .badInput, "\(place)")
        }
        #expect(throws: SystemError.self) { try Files.status("/tmp/escaped") }
    }

    @Test func aFolderIsTheRoot() throws {
        let attempt = try TestAttempt(
            """
            read line < /etc/motd; echo "$line"; echo x 2>/dev/null > /etc/x && echo writable; echo out > $BF_OUT/file
            test -e /oldroot && echo visible; test -e /escape/tmp && echo escaped; for entry in /*; do echo $entry; done
            """)
        let root = attempt.folder + "/root"
        try copyPrograms(["sh"], to: root)
        try Files.makeFolder(root + "/etc")
        try Files.makeSymbolicLink(root + "/escape", target: "/oldroot")
        try Files.writeAtomically(Array("own\n".utf8), to: root + "/etc/motd")
        attempt.request.rootPath = root
        #expect(try attempt.run().result == .success)
        let lines = try attempt.log.split(separator: "\n")
        #expect(lines.first == "own")
        #expect(Set(lines.dropFirst()).isSuperset(of: ["/bin", "/build", "/deps", "/etc", "/out", "/proc", "/run", "/tmp"]))
        #expect(Set(lines).isDisjoint(with: ["writable", "visible", "escaped", "/usr"]))
        #expect(try attempt.output("file") == "out\n")
        attempt.request.caches = [.init(mount: CacheMount(id: "c", path: "/escape/tmp/cache"), path: attempt.folder)]
        #expect(try attempt.run().failure?.failure == .badInput)
    }

    @Test func aScriptOfOneMebibyteRuns() throws {
        let line = "# " + String(repeating: "x", count: 98) + "\n"
        let attempt = try TestAttempt(String(repeating: line, count: 11_000) + "echo end")
        #expect(try attempt.run().result == .success)
        #expect(try attempt.log == "end\n")
    }

    @Test func secretsAreFilesAndVariablesAndNeverInArgumentsOrLog() throws {
        let attempt = try TestAttempt()
        let reader = Phase(
            name: "reader",
            command: .script("cat /run/secrets/token; echo; echo $TOKEN; printf %s $TOKEN | base64; stat -c %a /run/secrets/token"))
        let other = Phase(name: "other", command: .script("ls /run/secrets /run; echo ${TOKEN-none}"))
        attempt.request.plan = .of([reader, other])
        let value = "s3cr3t/v@lue+42"
        attempt.request.secrets = [
            .init(use: SecretUse(name: "token", variable: "TOKEN", phases: ["reader"]), value: Array(value.utf8))
        ]
        var seen: [Int32] = [-1]
        let outcome = try attempt.run { _ in seen += processes(with: value) }
        #expect(seen == [-1])
        #expect(outcome.phases.map(\.exitCode) == [0, 2])
        let log = try attempt.log
        #expect(log.hasPrefix("***\n***\n***") && log.contains("400\n"))
        #expect(!log.contains(value) && !log.contains("czNjcjN0"))
    }

    @Test(arguments: ["a\0--bind\0/\0/host", "x\0y"])
    func zeroBytesAreRefused(_ text: String) throws {
        let attempt = try TestAttempt("true")
        attempt.request.plan.variables = ["X": text]
        #expect(try attempt.run().failure?.failure == .badInput)
        attempt.request.plan.variables = [:]
        attempt.request.dependencies = [.init(name: text, path: "/usr")]
        #expect(try attempt.run().failure?.failure == .badInput)
        attempt.request.dependencies = []
        attempt.request.plan.phases[0].workingDirectory = text
        #expect(try attempt.run().failure?.failure == .badInput)
        attempt.request.plan.phases[0] = Phase(name: "main", command: .arguments(["/bin/echo", text]))
        #expect(try attempt.run().failure?.failure == .badInput)
    }
}

extension String {
    func components(_ text: String) -> Int { ranges(of: text).count }
}

/// Something that listens on the machine's loopback.
final class LoopbackListener {
    private let descriptor: Descriptor
    let port: UInt16

    init() throws {
        descriptor = Descriptor(owning: socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let number = descriptor.number
        let code = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, length) + listen(number, 8) + getsockname(number, $0, &length)
            }
        }
        try #require(code == 0)
        port = UInt16(bigEndian: address.sin_port)
    }
}
