import Glibc
import HostSystem
import Testing

/// What a child finds around it.
@Suite struct SpawnSurroundingsTests {
    @Test func onlyTheDescriptorsPassedAreOpen() throws {
        let kept = try (0..<10).map { _ in try Files.open("/dev/null") }
        let (_, output) = try shell("exec python3 -c 'import os; print(sorted(map(int, os.listdir(\"/proc/self/fd\"))))'") {
            $0.passed = [.init(kept[3], as: 7), .init(kept[2], as: 12)]
        }
        // One more than 0, 1, 2, 7 and 12: the listing itself, which takes the lowest free number.
        #expect(output == "[0, 1, 2, 3, 7, 12]\n")
        withExtendedLifetime(kept) {}
    }

    @Test func descriptorsThatSwapNumbersArriveRight() throws {
        let folder = try TestFolder()
        let first = try Files.open(try folder.write("first", to: "1"))
        let second = try Files.open(try folder.write("second", to: "2"))
        let (_, output) = try shell(
            "cat /proc/self/fd/$1; printf ,; cat /proc/self/fd/$2", arguments: ["\(second.number)", "\(first.number)"]
        ) {
            $0.passed = [.init(first, as: second.number), .init(second, as: first.number)]
        }
        #expect(output == "first,second")
    }

    @Test func withoutDescriptorsItHasTheNullDevice() throws {
        let folder = try TestFolder()
        let (exit, _) = try shell(
            "found=$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2); echo \"$found\" >\"$1\"", arguments: [folder("links")]
        ) {
            $0.standardOutput = nil
        }
        #expect(exit.isSuccess)
        let links = try folder.text(of: "links")
        #expect(links == "/dev/null\n/dev/null\n/dev/null\n")
    }

    @Test func signalsAreResetAndUnblocked() throws {
        try SignalDisposition.ignore(.user2)
        defer { #expect(throws: Never.self) { try SignalDisposition.reset(.user2) } }
        let output = try SignalMask.blocked(.stopAndTermination) {
            try shell("exec cat /proc/self/status").output
        }
        let masks = output.split(separator: "\n").filter { $0.hasPrefix("Sig") && !$0.hasPrefix("SigQ") && !$0.hasPrefix("SigPnd") }
        #expect(masks == ["SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000", "SigCgt:\t0000000000000000"])
    }

    @Test func theEnvironmentIsTheOneGiven() throws {
        let (readEnd, writeEnd) = try Descriptor.pipe()
        var request = SpawnRequest(["/usr/bin/env"], environment: ["A=1", "B=two words"])
        request.standardOutput = writeEnd
        _ = try ProcessSpawner.spawn(request).wait()
        writeEnd.close()
        #expect(try readEnd.readAll(limit: 1000) == Array("A=1\nB=two words\n".utf8))
    }

    @Test func workingDirectoryUmaskAndSession() throws {
        let (_, output) = try shell("pwd; umask; ps -o pid=,pgid=,sid= -p $$ | tr -s ' '; echo $$") { $0.workingDirectory = "/usr" }
        let lines = output.split(separator: "\n").map(String.init)
        try #require(lines.count == 4)
        #expect(lines[0] == "/usr")
        #expect(lines[1] == "0022")
        #expect(lines[2].split(separator: " ").allSatisfy { $0 == lines[3] })
    }

    @Test func withoutASessionItStaysInTheCallers() throws {
        let (_, output) = try shell("ps -o sid= -p $$") { $0.startsSession = false }
        #expect(output.split(separator: " ").joined() == "\(getsid(0))\n")
    }

    @Test func limitsHold() throws {
        let (_, output) = try shell("ulimit -t; ulimit -f; ulimit -c; ulimit -n; ulimit -Hn") {
            $0.limits = [
                ResourceLimit(.processorTime, 50), ResourceLimit(.fileSize, 5120), ResourceLimit(.coreFile, 0),
                ResourceLimit(.openFiles, 40, hard: 60),
            ]
        }
        #expect(output == "50\n10\n0\n40\n60\n")
    }

    @Test func aHigherHardLimitIsNoFailure() throws {
        let (exit, output) = try shell("ulimit -n") { $0.limits = [ResourceLimit(.openFiles, 30, hard: .max)] }
        #expect(exit.isSuccess)
        #expect(output == "30\n")
    }

    @Test(arguments: [0, 7, 500, 1000])
    func outOfMemoryScore(score: Int) throws {
        #expect(try shell("cat /proc/self/oom_score_adj") { $0.outOfMemoryScore = score }.output == "\(score)\n")
    }

    /// A plain file stands for the kernel's: what is tested is who writes what, and when.
    @Test func theChildWritesItselfIntoItsGroupsFirst() throws {
        let folder = try TestFolder()
        let files = [try folder.write("", to: "cgroup.procs"), try folder.write("", to: "tasks")]
        let (_, output) = try shell("cat \"$1\" \"$2\"", arguments: files) { $0.controlGroupFiles = files }
        #expect(output == "00")
    }

    @Test func aRealGroupHoldsTheChildFromTheStart() throws {
        guard let group = RealControlGroup() else { return }
        let (_, output) = try shell("cat /proc/self/cgroup") { $0.controlGroupFiles = [group.processesFile] }
        #expect(output.contains("/\(group.name)\n"))
    }
}

/// A control group for a test, where this process may create one.
private final class RealControlGroup {
    let name = "host-system-test-\(RandomBytes.hexadecimal(4))"
    private let path: String

    init?() {
        let name = self.name
        let roots = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/pids"]
        let root = roots.first { root in
            guard (try? Files.status("\(root)/cgroup.procs")) != nil else { return false }
            return (try? Files.makeFolder("\(root)/\(name)")) != nil
        }
        guard let root else { return nil }
        path = "\(root)/\(name)"
    }

    var processesFile: String { "\(path)/cgroup.procs" }

    deinit { _ = eventually { (try? Files.removeFolder(path)) != nil } }
}
