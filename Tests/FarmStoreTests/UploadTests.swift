import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

@Suite struct UploadTests {
    private let farm: CollectFarm

    init() throws { farm = try CollectFarm() }

    private var store: Store { farm.store }
    private var uploads: Uploads { Uploads(store: store) }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @discardableResult
    private func upload(_ content: String, owner: String? = "ann") throws -> Digest {
        let digest = Digest.of(content.utf8)
        let upload = try uploads.open(digest, owner: owner)
        try upload.append(bytes(content))
        #expect(try upload.finish() == Int64(content.utf8.count))
        return digest
    }

    private func manifest(_ files: KeyValuePairs<String, String>) -> TreeManifest {
        TreeManifest(
            entries: files.map { TreeEntry(path: $0, mode: 0o644, content: .file(size: Int64($1.utf8.count), digest: Digest.of($1.utf8))) })
    }

    private func collect() throws -> [DeletionRecord] {
        var records: [DeletionRecord] = []
        var policy = RetentionPolicy()
        policy.artifactsKept = 0
        try Collector(store: store, policy: policy, isDryRun: false, notice: { _ in }, report: { records.append($0) }).collect()
        return records
    }

    @Test func aTreeIsBroughtInFileByFile() throws {
        let tree = manifest(["a": "one", "b": "two", "c": "one", "empty": ""])
        let digests = [Digest.of("one".utf8), Digest.of("two".utf8), Digest.of([])]
        #expect(try uploads.addTree(tree.bytes, owner: "ann") == .missing(digests))
        #expect(try store.missingBlobs(digests) == digests)
        try upload("two")
        try upload("")
        #expect(try store.missingBlobs(digests) == [digests[0]])
        #expect(try uploads.addTree(tree.bytes, owner: "ann") == .missing([digests[0]]))
        try upload("one")
        let digest = Digest.of(tree.bytes)
        #expect(try store.missingTrees([digest]) == [digest])
        #expect(try uploads.addTree(tree.bytes, owner: "ann") == .added(digest))
        #expect(try store.missingTrees([digest]).isEmpty)
        #expect(try uploads.addTree(tree.bytes, owner: "bob") == .added(digest))
        #expect(try store.blobs.manifest(digest) == tree)
        // Only the tree is pinned: it keeps its files.
        #expect(try Set(store.pins().map(\.subject)) == [.digest(digest)])
        #expect(try store.pins().map(\.holder) == ["ann", "bob"])
    }

    @Test func theTreeWithoutEntriesNeedsNothing() throws {
        #expect(try uploads.addTree([], owner: nil) == .added(StoredTree.empty.digest))
    }

    @Test func anUploadGoesOnWhereItStopped() throws {
        let digest = Digest.of("hello world".utf8)
        #expect(uploads.offset(of: digest, owner: "ann") == nil)
        try uploads.open(digest, owner: "ann").append(bytes("hello "))
        #expect(uploads.offset(of: digest, owner: "ann") == 6)
        #expect(uploads.offset(of: digest, owner: "bob") == nil)
        let again = try uploads.open(digest, owner: "ann")
        #expect(again.offset == 6)
        try again.append(bytes("world"))
        #expect(try again.finish() == 11)
        #expect(try Files.readAll(store.blobs.path(digest), limit: 100) == bytes("hello world"))
        #expect(try Files.status(store.blobs.path(digest)).permissions == 0o444)
        #expect(uploads.offset(of: digest, owner: "ann") == nil)
        #expect(failure { () throws(FarmError) in try again.append([1]) } != nil)
    }

    @Test func whatHashesToSomethingElseIsRefusedAndGone() throws {
        let digest = Digest.of("right".utf8)
        let upload = try uploads.open(digest, owner: "ann")
        try upload.append(bytes("wrong"))
        #expect(failure { () throws(FarmError) in _ = try upload.finish() }?.status == .badInput)
        #expect(uploads.offset(of: digest, owner: "ann") == nil)
        #expect(try store.missingBlobs([digest]) == [digest])
        try self.upload("right")
    }

    @Test func itCanBeginAnew() throws {
        let digest = Digest.of("right".utf8)
        let upload = try uploads.open(digest, owner: nil)
        try upload.append(bytes("a longer mistake"))
        try upload.restart()
        #expect(upload.offset == 0)
        try upload.append(bytes("right"))
        #expect(try upload.finish() == 5)
    }

    @Test func oneAtATimeWrites() throws {
        let digest = Digest.of("x".utf8)
        let first = try uploads.open(digest, owner: "ann")
        #expect(failure { () throws(FarmError) in _ = try uploads.open(digest, owner: "ann") }?.status == .temporary)
        _ = try uploads.open(digest, owner: "bob")
        try first.discard()
        _ = try uploads.open(digest, owner: "ann")
    }

    @Test func twoMayBringTheSameFile() throws {
        try upload("same", owner: "ann")
        let digest = try upload("same", owner: "bob")
        #expect(try store.pins().map(\.holder) == ["ann", "bob"])
        #expect(try store.missingBlobs([digest]).isEmpty)
    }

    @Test func thereAreLimits() throws {
        var limits = UploadLimits()
        limits.bytes = 4
        limits.openOfOwner = 2
        limits.openInAll = 3
        limits.manifestBytes = 300
        let uploads = Uploads(store: store, limits: limits)
        let upload = try uploads.open(Digest.of([0]), owner: "ann")
        try upload.append([1, 2, 3, 4])
        #expect(failure { () throws(FarmError) in try upload.append([5]) }?.status == .badInput)
        _ = try uploads.open(Digest.of([1]), owner: "ann")
        #expect(failure { () throws(FarmError) in _ = try uploads.open(Digest.of([2]), owner: "ann") }?.status == .temporary)
        _ = try uploads.open(Digest.of([1]), owner: "ann")
        _ = try uploads.open(Digest.of([1]), owner: "bob")
        #expect(failure { () throws(FarmError) in _ = try uploads.open(Digest.of([1]), owner: "carl") }?.status == .temporary)
        let large = manifest(["a": "1", "b": "2", "c": "3"]).bytes
        #expect(failure { () throws(FarmError) in _ = try uploads.addTree(large, owner: nil) }?.status == .badInput)
        #expect(
            failure { () throws(FarmError) in _ = try store.missingBlobs(Array(repeating: Digest.of([]), count: 10_001)) }?.status
                == .badInput)
    }

    @Test func unfinishedFilesMayNotFillTheDisk() throws {
        var limits = UploadLimits()
        limits.bytesInAll = 20 << 20
        let uploads = Uploads(store: store, limits: limits)
        try uploads.open(Digest.of([0]), owner: "ann").append(Array(repeating: 0, count: 5 << 20))
        let second = try uploads.open(Digest.of([1]), owner: "ann")
        #expect(failure { () throws(FarmError) in try second.append([1]) }?.status == .temporary)
        limits.bytesInAll = 40 << 20
        limits.freeBytes = 1 << 60
        let full = try Uploads(store: store, limits: limits).open(Digest.of([2]), owner: "ann")
        #expect(failure { () throws(FarmError) in try full.append([1]) }?.status == .temporary)
    }

    @Test func aDamagedFileIsMissing() throws {
        let digest = try upload("content")
        try Files.removeFile(store.blobs.path(digest))
        #expect(try store.missingBlobs([digest]) == [digest])
        #expect(try uploads.addTree(manifest(["a": "content"]).bytes, owner: nil) == .missing([digest]))
        try upload("content")
        #expect(try store.missingBlobs([digest]).isEmpty)
    }

    @Test func whatWasUploadedIsKeptUntilItsTimeIsOver() throws {
        let loose = try upload("loose")
        try upload("file")
        let tree = manifest(["file": "file"])
        _ = try uploads.addTree(tree.bytes, owner: "ann")
        let all = [loose, Digest.of("file".utf8), Digest.of(tree.bytes)]
        farm.clock.advance(UploadLimits().keptMilliseconds)
        _ = try collect()
        #expect(try store.missingBlobs(all).isEmpty)
        farm.clock.advance(1)
        _ = try collect()
        #expect(try store.missingBlobs(all) == all)
        #expect(try store.missingTrees([all[2]]) == [all[2]])
        #expect(try store.pins().isEmpty)
    }

    @Test func aBuildKeepsTheTreeThatItUses() throws {
        try upload("file")
        guard case .added(let tree) = try uploads.addTree(manifest(["file": "file"]).bytes, owner: "ann") else { throw NotNew() }
        var job = Submission.Job.named("a")
        job.trees = [(role: .source, name: "0", digest: tree)]
        try store.submitNew(Submission(jobs: [job]))
        farm.clock.advance(2 * UploadLimits().keptMilliseconds)
        _ = try collect()
        #expect(try store.missingTrees([tree]).isEmpty)
        #expect(try store.missingBlobs([tree, Digest.of("file".utf8)]).isEmpty)
    }

    @Test func givenUpUploadsAreCollected() throws {
        let old = Digest.of([1])
        try uploads.open(old, owner: "ann").append([9, 9])
        let held = try uploads.open(Digest.of([2]), owner: "ann")
        // The files have the time of the machine, the store has that of the test.
        let seconds = farm.clock.now.wallMilliseconds / 1000
        for name in UploadFolder(store.directory).names { try Files.setTimes(store.directory.uploads + "/" + name, seconds: seconds) }
        farm.clock.advance(UploadLimits.abandonedMilliseconds - 1)
        #expect(try collect().isEmpty)
        farm.clock.advance(1)
        let removed = try collect()
        #expect(removed.map(\.type) == [.session])
        #expect(removed.first?.bytes == 2)
        #expect(removed.first?.id.hasPrefix("uploads/\(old.hex)-") == true)
        #expect(uploads.offset(of: old, owner: "ann") == nil)
        #expect(held.offset == 0)
        #expect(uploads.offset(of: held.digest, owner: "ann") == 0)
    }

    @Test(
        arguments: [
            "nonsense", "{}", "\n", #"{"mode":420,"path":"../x","size":0,"type":"file"}"#,
            #"{"mode":493,"path":"b","type":"folder"}"# + "\n" + #"{"mode":493,"path":"a","type":"folder"}"# + "\n",
            #"{"mode": 493,"path":"a","type":"folder"}"# + "\n", #"{"mode":493,"path":"a","type":"folder"}"#,
            #"{"mode":493,"path":"a/b","type":"folder"}"# + "\n", #"{"mode":511,"path":"a","target":"/etc","type":"link"}"# + "\n",
            #"{"mode":511,"path":"a","target":"../..","type":"link"}"# + "\n", #"{"mode":511,"path":"a","target":"","type":"link"}"# + "\n",
            #"{"mode":4095,"path":"a","type":"folder"}"# + "\n",
        ])
    func manifestsThatAreNoneAreRefused(text: String) {
        #expect(failure { () throws(FarmError) in _ = try uploads.addTree(bytes(text), owner: nil) }?.status == .badInput)
    }

    /// Sizes that cannot be added must not end the process.
    @Test func hostileSizesAreRefused() throws {
        let digest = try upload("x")
        func entry(_ path: String, _ size: Int64) -> TreeEntry {
            TreeEntry(path: path, mode: 0o644, content: .file(size: size, digest: digest))
        }
        for sizes in [[Int64.max, Int64.max], [2]] {
            let tree = TreeManifest(entries: sizes.enumerated().map { entry("f\($0)", $1) })
            #expect(failure { () throws(FarmError) in _ = try uploads.addTree(tree.bytes, owner: nil) }?.status == .badInput)
        }
    }

    @Test func aPathThroughAFileIsRefused() throws {
        try upload("x")
        let tree = manifest(["a": "x", "a/b": "x"])
        #expect(failure { () throws(FarmError) in _ = try uploads.addTree(tree.bytes, owner: nil) }?.status == .badInput)
    }

    @Test func manyMayUploadAtOnce() throws {
        let uploads = uploads
        let digests = try concurrently(8) { thread in
            try (0..<10).map { number in
                let content = Array("\(number % 5)-\(thread % 2)".utf8)
                let upload = try uploads.open(Digest.of(content), owner: "owner-\(thread)")
                try upload.append(content)
                _ = try upload.finish()
                return upload.digest
            }
        }
        #expect(try store.missingBlobs(Array(Set(digests.joined()))).isEmpty)
        #expect(UploadFolder(store.directory).names.isEmpty)
    }
}
