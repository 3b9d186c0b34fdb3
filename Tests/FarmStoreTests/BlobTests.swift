import FarmModel
import FarmStore
import HostSystem
import TestSupport
import Testing

@Suite struct BlobTests {
    private let farm: TestFarm
    private var blobs: BlobStore { farm.store.blobs }

    init() throws { farm = try TestFarm() }

    private func add(_ text: String) throws -> Digest {
        let session = try blobs.beginSession()
        let digest = try session.add(Array(text.utf8))
        try session.publish()
        return digest
    }

    private func copy(_ digest: Digest) throws(FarmError) -> String {
        let file = try FarmError.wrap { () throws(SystemError) in try Descriptor.inMemory([]) }
        try blobs.copy(digest, to: file)
        return try FarmError.wrap { () throws(SystemError) in String(decoding: try file.read(atMost: 1_000, at: 0), as: UTF8.self) }
    }

    @Test func aBlobLiesUnderItsDigest() throws {
        let digest = try add("hello")
        #expect(digest.hex == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
        #expect(blobs.path(digest).hasSuffix("/blobs/sha256/2c/" + digest.hex.dropFirst(2)))
        #expect(try copy(digest) == "hello")
    }

    @Test func nothingIsVisibleBeforeItIsPublished() throws {
        let session = try blobs.beginSession()
        let digest = try session.add(Array("later".utf8))
        #expect(!blobs.contains(digest))
        try session.publish()
        #expect(blobs.contains(digest))
    }

    @Test func anUnpublishedSessionLeavesNothing() throws {
        do { _ = try blobs.beginSession().add(Array("dropped".utf8)) }
        #expect(try Files.entries(of: farm.directory.path + "/blobs").compactMap(\.name) == ["sha256"])
    }

    @Test func aSessionGoesOnAfterAFileThatWasTooLarge() throws {
        let session = try blobs.beginSession()
        #expect(throws: SystemError.self) { try session.add(try Descriptor.inMemory([1, 2, 3]), limit: 2) }
        let digest = try session.add([4])
        try session.publish()
        #expect(blobs.contains(digest))
    }

    @Test func manyBlobsAreSyncedTogether() throws {
        let session = try blobs.beginSession()
        let digests = try (0..<200).map { try session.add(Array("blob \($0)".utf8)) }
        try session.publish()
        for (number, digest) in digests.enumerated() { #expect(try copy(digest) == "blob \(number)") }
    }

    @Test func sessionsAtOnceShareBlobs() throws {
        let farm = farm
        let digests = try concurrently(8) { _ in
            let session = try farm.store.blobs.beginSession()
            let digests = try (0..<50).map { try session.add(Array("shared \($0)".utf8)) }
            try session.publish()
            return digests
        }
        #expect(Set(digests).count == 1)
        for digest in digests[0] { #expect(blobs.contains(digest)) }
    }

    /// GHSA-3fqg-8hpf-5682: a cache that trusts names serves whatever lies there.
    @Test func aFlippedByteIsFoundAndMovedAside() throws {
        let digest = try add("precious")
        let path = blobs.path(digest)
        try Files.setPermissions(path, 0o644)
        try Files.open(path, .write).writeAll([UInt8(ascii: "P")], at: 0)
        let error = failure { () throws(FarmError) in _ = try copy(digest) }
        #expect(error?.status == .inputOutput)
        #expect(error?.message.contains("damaged") == true)
        #expect(!blobs.contains(digest))
        #expect(try Files.statusIfPresent(path + ".damaged") != nil)
        #expect(failure { () throws(FarmError) in _ = try copy(digest) }?.status == .noInput)
        #expect(try add("precious") == digest)
        #expect(try copy(digest) == "precious")
    }

    @Test func aDamagedManifestIsFound() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "file")
        var reader = TreeReader(session: try blobs.beginSession())
        let tree = try reader.read(try folder.open()).tree.digest
        let path = blobs.path(tree)
        try Files.setPermissions(path, 0o644)
        try Files.open(path, .write).truncate(to: 5)
        #expect(failure { () throws(FarmError) in _ = try blobs.manifest(tree) }?.status == .inputOutput)
        #expect(!blobs.contains(tree))
    }

    @Test func theEmptyTreeNeedsNoFile() throws {
        #expect(try blobs.manifest(StoredTree.empty.digest) == .empty)
    }
}
