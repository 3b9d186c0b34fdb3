import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

/// A small file system of its own, mounted for one test. Needs root, in a user namespace at least.
private final class SmallDisk: Sendable {
    let folder: TemporaryFolder
    private static let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"]

    init(mebibytes: Int) throws {
        folder = try TemporaryFolder()
        try Self.run(["mount", "-t", "tmpfs", "-o", "size=\(mebibytes)m", "tmpfs", folder.path])
    }

    deinit { try? Self.run(["umount", "-l", folder.path]) }

    /// Takes all room but about `kibibytes`.
    func fill(leaving kibibytes: Int) throws {
        let file = try Files.open(folder("filler"), [.write, .create, .truncate])
        do throws(SystemError) {
            while true { try file.writeAll([UInt8](repeating: 1, count: 4096)) }
        } catch  where error.isDiskFull {}
        let size = try file.status().size
        try file.truncate(to: max(0, size - Int64(kibibytes) << 10))
    }

    func free() throws { try Files.removeFile(folder("filler")) }

    private static func run(_ arguments: [String]) throws {
        let result = try Subprocess.run(arguments, environment: environment, deadline: Clock.boottimeMilliseconds + 30_000)
        guard result.isSuccess else {
            throw FarmError(.noPermission, "\(arguments[0]) failed: \(String(decoding: result.error, as: UTF8.self))")
        }
    }
}

@Suite struct DiskFullTests {
    private let disk: SmallDisk
    private let farm: TestFarm

    init() throws {
        disk = try SmallDisk(mebibytes: 16)
        farm = try TestFarm(in: disk.folder)
    }

    private func expectFull(_ error: FarmError?, _ note: Comment? = nil) {
        #expect(error?.status == .inputOutput, note)
        #expect(error?.message.contains("free some space") == true, "\(error as Any)")
    }

    private func expectConsistent(_ store: Store) throws {
        #expect(try store.read { database throws(FarmError) in try database.first("PRAGMA integrity_check") { $0.text(0) } } == "ok")
        let broken = try store.read { database throws(FarmError) in FarmRules(farm: try FarmSnapshot(database)).broken }
        #expect(broken.isEmpty)
    }

    /// With so much room left, a submission fails at another place each time.
    @Test func aSubmissionOnAFullDiskLeavesNothing() throws {
        let kept = try farm.submit(.independent(3))
        for room in [0, 4, 8, 16, 32, 64, 128, 256, 512, 1_024] {
            try disk.fill(leaving: room)
            let error = failure { () throws(FarmError) in _ = try farm.store.submit(.independent(20_000)) }
            expectFull(error, "with \(room) KiB")
            try disk.free()
            try expectConsistent(farm.store)
            #expect(try farm.store.recentBuilds(finished: 100).map(\.id) == [kept.id])
        }
        try farm.submit(.independent(3))
        let again = try farm.openAgain()
        try expectConsistent(again)
        #expect(try again.recentBuilds(finished: 100).count == 2)
    }

    @Test func workGoesOnOnceThereIsRoom() throws {
        let build = try farm.submit(.independent(40)).id
        let runner = try TestRunner(farm.store)
        let claim = try runner.mustClaim()
        try disk.fill(leaving: 0)
        var error: FarmError?
        // What is left of the log's last block may take a few claims.
        for _ in 0..<100 where error == nil { error = failure { () throws(FarmError) in _ = try runner.claim() } }
        expectFull(error)
        expectFull(failure { () throws(FarmError) in try runner.finish(claim, .good) })
        try disk.free()
        #expect(try runner.finish(claim, .good) == .ended(.success))
        try expectConsistent(farm.store)
        #expect(try farm.store.build(build).tally.success == 1)
    }

    @Test func blobsOnAFullDiskLeaveNothing() throws {
        let session = try farm.store.blobs.beginSession()
        try disk.fill(leaving: 64)
        let bytes = [UInt8](repeating: 7, count: 1 << 20)
        expectFull(failure { () throws(FarmError) in _ = try FarmError.wrap { () throws(SystemError) in try session.add(bytes) } })
        try disk.free()
        let digest = try session.add(bytes)
        try session.publish()
        #expect(farm.store.blobs.contains(digest))
    }

    @Test func aFullDiskCanBeReadFrom() throws {
        let build = try farm.submit(.independent(3)).id
        try disk.fill(leaving: 0)
        #expect(try farm.store.build(build).tally.pending == 3)
        #expect(try farm.openAgain().jobs(of: build).count == 3)
    }
}
