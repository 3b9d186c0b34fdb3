import FarmModel
import HostSystem
import Synchronization
import TestSupport
import Testing

@testable import FarmStore

@Suite struct ManyWritersTests {
    private let folder: TemporaryFolder
    private let directory: StateDirectory

    init() throws {
        folder = try TemporaryFolder()
        directory = StateDirectory(path: folder("state"))
    }

    private func open(_ limits: CheckpointLimits, notice: @escaping @Sendable (String) -> Void = { _ in }) throws -> Store {
        var opening = StoreOpening(directory: directory, command: "test", notice: notice)
        opening.limits = limits
        return try opening.open()
    }

    private var logSize: Int64 {
        get throws { try Files.status(directory.writeAheadLog).size }
    }

    private func expectIntegrity(_ store: Store) throws {
        #expect(try store.read { database throws(FarmError) in try database.first("PRAGMA integrity_check") { $0.text(0) } } == "ok")
    }

    @Test func eightRunnersClaimEachJobOnce() throws {
        let limits = CheckpointLimits(passiveBytes: 256 << 10, truncatingBytes: 4 << 20)
        let store = try open(limits)
        let build = try store.submitNew(.independent(2_000)).id
        let claimed = try concurrently(8) { _ in
            let runner = try TestRunner(try open(limits))
            var jobs: [JobID] = []
            while let claim = try runner.claim() {
                jobs.append(claim.job)
                guard try runner.finish(claim, .good) == .ended(.success) else { throw NothingReady() }
            }
            return jobs
        }
        #expect(claimed.joined().count == 2_000)
        #expect(Set(claimed.joined()).count == 2_000)
        #expect(try store.build(build).state == .success)
        #expect(try logSize < 8 << 20)
        try expectIntegrity(store)
        let broken = try store.read { database throws(FarmError) in FarmRules(farm: try FarmSnapshot(database)).broken }
        #expect(broken.isEmpty)
    }

    /// Submitters, runners, cancels and readers at once: none of them ever hears that the database is busy.
    @Test func nobodyMeetsABusyDatabase() throws {
        let limits = CheckpointLimits(passiveBytes: 64 << 10, truncatingBytes: 128 << 10)
        let store = try open(limits)
        _ = try concurrently(8) { number in
            let own = try open(limits)
            let runner = try TestRunner(own)
            for round in 0..<40 {
                let build = try own.submitNew(.graph(["a": [], "b": ["a"], "c": ["a", "b?"]])).id
                if (round + number).isMultiple(of: 5) { _ = try own.cancel(.build(build), by: "test") }
                _ = try own.recentBuilds(finished: 20)
                try runner.drain { $0 == "b" ? .bad : .good }
            }
        }
        #expect(try store.recentBuilds(finished: 1_000).allSatisfy { $0.state.isTerminal })
        try expectIntegrity(store)
    }

    @Test func theLogShrinksAgainAfterABurst() throws {
        let store = try open(CheckpointLimits(passiveBytes: 2 << 20, truncatingBytes: 256 << 20))
        try store.submitNew(.independent(5_000))
        let runner = try TestRunner(store)
        for _ in 0..<50 { try runner.finish(try runner.mustClaim(), .good) }
        #expect(try logSize <= 2 << 20, "else every further commit would make a checkpoint")
    }

    @Test func aReaderThatPinsTheLogIsNoticedAndStopsNobody() throws {
        let notices = Mutex(0)
        let store = try open(CheckpointLimits(passiveBytes: 64 << 10, truncatingBytes: 1 << 20)) { _ in notices.withLock { $0 += 1 } }
        let reader = try open(CheckpointLimits())
        try store.submitNew(.independent(10))
        try reader.read { database throws(FarmError) in
            try database.execute("BEGIN")
            _ = try database.first("SELECT count(*) FROM jobs") { $0.integer(0) }
        }
        try store.submitNew(.independent(4_000))
        let runner = try TestRunner(store)
        for _ in 0..<20 { try runner.finish(try runner.mustClaim(), .good) }
        #expect(try logSize > 1 << 20)
        #expect((1...3).contains(notices.withLock { $0 }), "not at every commit")
        try reader.read { database throws(FarmError) in try database.execute("COMMIT") }
        for _ in 0..<20 { try runner.finish(try runner.mustClaim(), .good) }
        #expect(try logSize <= 1 << 20)
    }
}
