import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

/// Kills programs that write to a farm, at any moment, and looks at what is left.
@Suite struct KillTests {
    private let folder: TemporaryFolder
    private let directory: StateDirectory

    init() throws {
        folder = try TemporaryFolder()
        directory = StateDirectory(path: folder("state"))
    }

    private func start(_ arguments: String...) throws -> (child: ChildProcess, output: Descriptor) {
        let (readEnd, writeEnd) = try Descriptor.pipe()
        let program = try BuiltProducts.path(of: "store-exerciser")
        var request = SpawnRequest([program, directory.path] + arguments, environment: Environment.all)
        request.standardOutput = writeEnd
        request.diesWithParent = true
        return (try SpawnThread.shared.spawn(request), readEnd)
    }

    /// The whole lines that a killed program has printed.
    private func lines(_ output: Descriptor) throws -> [[Substring]] {
        let text = String(decoding: try output.readAll(limit: 16 << 20), as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { $0.split(separator: " ") }
    }

    @Test func whatWasSaidSurvivesAKill() throws {
        var random = SeededGenerator(seed: 11)
        var accepted: Set<String> = []
        var ended: [String: String] = [:]
        for round in 0..<16 {
            let programs = try (0..<3).map { try start("work", "\(round)-\($0)") }
            _ = try Poller.wait([.init(programs[0].output, .readable)], timeoutMilliseconds: 20_000)
            _ = try Poller.wait([], timeoutMilliseconds: Int64.random(in: 0...60, using: &random))
            for program in programs { try program.child.signal(.kill) }
            for program in programs {
                _ = try program.child.wait()
                for line in try lines(program.output) {
                    if line[0] == "accepted" { accepted.insert(String(line[1])) } else { ended[String(line[1])] = String(line[2]) }
                }
            }
            try expectAll(accepted, ended)
        }
        #expect(accepted.count > 16)
        #expect(!ended.isEmpty)
    }

    private func expectAll(_ accepted: Set<String>, _ ended: [String: String]) throws {
        let store = try Store.open(directory, command: "test") { _ in }
        #expect(try store.read { database throws(FarmError) in try database.first("PRAGMA integrity_check") { $0.text(0) } } == "ok")
        let farm = try store.read { database throws(FarmError) in try FarmSnapshot(database) }
        #expect(FarmRules(farm: farm).broken.isEmpty)
        let states = Dictionary(uniqueKeysWithValues: farm.builds.map { ($0.key.description, $0.value.state.rawValue) })
        #expect(accepted.isSubset(of: states.keys))
        for (build, state) in ended { #expect(states[build] == state) }
    }

    @Test func aKilledFirstStartIsFinishedByTheNext() throws {
        var random = SeededGenerator(seed: 5)
        for round in 0..<12 {
            let directory = StateDirectory(path: folder("first-\(round)"))
            var request = SpawnRequest(
                [try BuiltProducts.path(of: "store-exerciser"), directory.path, "work", "x"], environment: Environment.all)
            request.diesWithParent = true
            let child = try SpawnThread.shared.spawn(request)
            _ = try Poller.wait([], timeoutMilliseconds: Int64.random(in: 0...30, using: &random))
            try child.signal(.kill)
            _ = try child.wait()
            try Store.open(directory, command: "test") { _ in }.submitNew(.independent(1))
        }
    }

    @Test func aKilledBlobSessionLeavesOnlyItsIncomingFolder() throws {
        let (child, output) = try start("blobs")
        _ = try output.read(atMost: 8)
        try child.signal(.kill)
        _ = try child.wait()
        let names = try Files.entries(of: directory.path + "/blobs").compactMap(\.name)
        #expect(names.count == 2)
        #expect(names.contains("sha256"))
        #expect(names.contains { $0.hasPrefix("incoming-") })
        #expect(try Files.entries(of: directory.path + "/blobs/sha256").isEmpty)
        #expect(try FileLock(path: directory.artifactsLock).tryExclusive(), "its lock went with it")
    }

    @Test func whoWaitsForTheWriteLockCanBeEnded() throws {
        _ = try Store.open(directory, command: "test") { _ in }
        let lock = try FileLock(path: directory.farmLock)
        try lock.lock(.exclusive, timeout: .seconds(10))
        let (child, _) = try start("work", "waiting")
        _ = try Poller.wait([], timeoutMilliseconds: 300)
        #expect(try !child.hasEnded())
        try child.signal(.terminate)
        let ended = try Poller.wait([.init(child.handle, .readable)], timeoutMilliseconds: 20_000)
        #expect(!ended.isEmpty, "a signal must not wait for the lock")
        try child.signal(.kill)
        _ = try child.wait()
    }
}
