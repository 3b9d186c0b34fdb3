import FarmModel
import HostSystem
import Testing

@testable import Execution

/// Whether a controller can be used by this process; such tests need it.
private let groups = ControlGroups(name: "test-probe")

@Suite struct ControlGroupTests {
    private func attempt(_ script: String, isolation: Isolation = .sandbox) throws -> (TestAttempt, ControlGroups) {
        let attempt = try TestAttempt(script, isolation: isolation)
        let groups = ControlGroups(name: "test-\(UInt32.random(in: 0...(.max)))")
        attempt.request.controlGroups = try groups.makeSlot(0)
        return (attempt, groups)
    }

    @Test(.enabled(if: groups.layout.has(.memory)), arguments: Isolation.allCases)
    func tooMuchMemory(_ isolation: Isolation) throws {
        let (attempt, _) = try attempt("perl -e '$x = \"x\" x 400_000_000; print length $x'", isolation: isolation)
        attempt.request.plan.limits.memoryBytes = 64 << 20
        let outcome = try attempt.run()
        #expect(outcome.failure?.failure == .oom && outcome.failure?.message == "phase main ran out of its memory of 64MiB")
        attempt.request.plan.limits.memoryBytes = nil
        #expect(try attempt.run().result == .success)
        #expect(outcome.peakMemoryBytes.map { $0 > 32 << 20 } ?? true)
        attempt.request.controlGroups?.remove()
    }

    @Test(.enabled(if: groups.layout.has(.pids)), arguments: Isolation.allCases)
    func aForkBomb(_ isolation: Isolation) throws {
        let (attempt, _) = try attempt("f() { f | f & }; f; sleep 1; exit 5", isolation: isolation)
        attempt.request.plan.limits.processes = 100
        attempt.request.plan.phases[0].timeoutMilliseconds = 2_000
        #expect(try attempt.run().failure != nil)
        #expect(attempt.request.controlGroups?.processes() == [])
        attempt.request.plan = .of("true")
        #expect(try attempt.run().result == .success)
        attempt.request.controlGroups?.remove()
    }

    @Test(.enabled(if: groups.layout.second != nil))
    func processorTimeIsCounted() throws {
        let (attempt, _) = try attempt("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done")
        let record = try attempt.run().phases.first
        #expect((record?.userMilliseconds ?? 0) + (record?.systemMilliseconds ?? 0) > 20)
        attempt.request.controlGroups?.remove()
    }

    /// What is kept between phases and attempts must not hide what one of them used.
    @Test(.enabled(if: groups.layout.second != nil), arguments: Isolation.allCases)
    func eachPhaseHasItsOwnTime(_ isolation: Isolation) throws {
        let (attempt, _) = try attempt("", isolation: isolation)
        let work = Phase(name: "work", command: .script("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"))
        attempt.request.plan = .of([work, Phase(name: "rest", command: .arguments(["/bin/sleep", "0.1"])), work])
        for _ in 1...2 {
            let times = try attempt.run().phases.map { ($0.userMilliseconds ?? 0) + ($0.systemMilliseconds ?? 0) }
            try #require(times.count == 3)
            #expect(times[0] > 20 && times[2] > 20 && times[1] < min(times[0], times[2]))
        }
        attempt.request.controlGroups?.remove()
    }

    @Test(.enabled(if: groups.layout.has(.memory)))
    func aKillForWantOfMemoryIsOfOnePhaseOnly() throws {
        let (attempt, _) = try attempt("", isolation: .none)
        var after = Phase(name: "after", command: .script("exit 3"))
        after.condition = .always
        let hungry = Phase(name: "hungry", command: .script("perl -e '$x = \"x\" x 400_000_000; print length $x'"))
        attempt.request.plan = .of([hungry, after])
        attempt.request.plan.limits.memoryBytes = 64 << 20
        for _ in 1...2 { #expect(try attempt.run().phases.map(\.failure) == [.oom, .build]) }
        attempt.request.controlGroups?.remove()
    }

    @Test(.enabled(if: !groups.layout.parents.isEmpty), arguments: Isolation.allCases)
    func whatAPhaseLeavesBehindIsEnded(_ isolation: Isolation) throws {
        let mark = "1000.\(UInt32.random(in: 1...(.max)))"
        let (attempt, _) = try attempt("setsid sleep \(mark) >/dev/null 2>&1 & exit 0", isolation: isolation)
        for _ in 1...2 {
            #expect(try attempt.run().result == .success)
            #expect(processes(with: mark).isEmpty)
        }
        attempt.request.controlGroups?.remove()
    }

    /// A service manager does this for a job without a sandbox.
    @Test(.enabled(if: groups.layout.second != nil && !groups.layout.firstParents.isEmpty))
    func whoIsMovedAwayInVersion2AloneIsFound() throws {
        let slot = try #require(try ControlGroups(name: "test-\(UInt32.random(in: 0...(.max)))").makeSlot(0))
        let child = try slot.spawn(SpawnRequest(["/bin/sleep", "1000"], environment: []))
        try ControlGroupFile.write("\(child.identifier)", groups.layout.second ?? "", "cgroup.procs")
        #expect(slot.endAll())
        #expect(try child.wait().ending == .signalled(.kill))
        slot.remove()
    }

    @Test(.enabled(if: !groups.layout.parents.isEmpty))
    func ignoredSignalsAreResetInTheGroups() throws {
        let slot = try #require(try ControlGroups(name: "test-\(UInt32.random(in: 0...(.max)))").makeSlot(0))
        // The first start finds out what is ignored.
        _ = try slot.spawn(SpawnRequest(["/bin/true"], environment: [])).wait()
        try SignalDisposition.ignore(.user2)
        defer { #expect(throws: Never.self) { try SignalDisposition.reset(.user2) } }
        let (readEnd, writeEnd) = try Descriptor.pipe()
        var request = SpawnRequest(["/bin/cat", "/proc/self/status"], environment: [])
        request.standardOutput = writeEnd
        let child = try slot.spawn(request)
        writeEnd.close()
        let lines = String(decoding: try readEnd.readAll(limit: 1 << 16), as: UTF8.self).split(separator: "\n")
        #expect(lines.contains("SigIgn:\t0000000000000000") && lines.contains("SigBlk:\t0000000000000000"))
        #expect(try child.wait().isSuccess)
        slot.remove()
    }

    @Test(.enabled(if: !groups.layout.parents.isEmpty))
    func groupsOfDeadRunnersAreSweptWithWhatIsInThem() throws {
        let name = "test-\(UInt32.random(in: 0...(.max)))"
        let slot = try #require(try ControlGroups(name: name).makeSlot(3))
        var request = SpawnRequest(["/bin/sleep", "1000"], environment: [])
        request.controlGroupFiles = slot.folders.map { $0 + "/cgroup.procs" }
        let child = try SpawnThread.shared.spawn(request)
        groups.sweep { $0 != name }
        #expect(try child.wait().ending == .signalled(.kill))
        for folder in slot.folders { #expect(throws: SystemError.self) { try Files.status(folder) } }
    }

    /// This process has a thread in the groups of version 1; it must survive when everything else in them dies.
    @Test(.enabled(if: !groups.layout.parents.isEmpty))
    func processesAreInTheirGroupsFromTheStart() throws {
        let slot = try #require(try ControlGroups(name: "test-\(UInt32.random(in: 0...(.max)))").makeSlot(0))
        let (readEnd, writeEnd) = try Descriptor.pipe()
        var request = SpawnRequest(["/bin/sh", "-c", "cat /proc/self/cgroup; exec >&-; exec sleep 1000"], environment: ["PATH=/bin"])
        request.standardOutput = writeEnd
        let child = try slot.spawn(request)
        writeEnd.close()
        let membership = String(decoding: try readEnd.readAll(limit: 1 << 16), as: UTF8.self).split(separator: "\n")
        let name = try #require(slot.folders.first?.split(separator: "/").last)
        #expect(membership.count { $0.hasSuffix("/" + name) } >= slot.folders.count)
        #expect(slot.processes() == [child.identifier])
        #expect(slot.endAll())
        #expect(try child.wait().ending == .signalled(.kill))
        #expect(slot.processes().isEmpty)
        slot.remove()
        for folder in slot.folders { #expect(throws: SystemError.self) { try Files.status(folder) } }
    }

    @Test func theFilesOfTheKernelAreUnderstood() {
        let membership = "9:name=systemd:/\n4:memory:/outer/own\n2:cpu,cpuacct:/x\n0::/\n"
        let mounts = """
            30 25 0:26 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755
            31 30 0:27 / /sys/fs/cgroup/unified rw shared:9 - cgroup2 cgroup2 rw
            36 30 0:32 /outer /sys/fs/cgroup/memory rw,nosuid shared:10 - cgroup cgroup rw,memory
            37 30 0:33 /elsewhere /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct
            """
        let table = ControlGroupTable(membership: membership, mounts: mounts)
        #expect(table.second == .init(mountPoint: "/sys/fs/cgroup/unified", folder: "/sys/fs/cgroup/unified"))
        #expect(table.first["memory"] == "/sys/fs/cgroup/memory/own")
        #expect(table.first["cpu"] == "/sys/fs/cgroup/cpu")
        let delegated = ControlGroupTable(
            membership: "0::/user.slice/bf.service\n", mounts: "35 24 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup rw,nsdelegate\n")
        #expect(delegated.second == .init(mountPoint: "/sys/fs/cgroup", folder: "/sys/fs/cgroup/user.slice/bf.service"))
        #expect(delegated.first.isEmpty)
    }
}
