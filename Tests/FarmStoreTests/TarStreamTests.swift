import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

@Suite struct TarStreamTests {
    private let farm: TestFarm

    init() throws { farm = try TestFarm() }

    /// A tree of files of some sizes, in the store.
    private func tree(_ sizes: [Int]) throws -> TreeManifest {
        let session = try farm.store.blobs.beginSession()
        var entries = [TreeEntry(path: "folder", mode: 0o755, content: .folder)]
        for size in sizes {
            let digest = try session.add([UInt8](repeating: UInt8(size % 251), count: size))
            entries.append(TreeEntry(path: "folder/\(size)", mode: 0o644, content: .file(size: Int64(size), digest: digest)))
        }
        let manifest = TreeManifest(entries: entries)
        _ = try session.add(manifest.bytes)
        try session.publish()
        return manifest
    }

    private func written(_ trees: [(String, TreeManifest)]) throws -> [UInt8] {
        let file = try Files.open(farm.folder("tar"), [.read, .write, .create])
        let writer = TarWriter(blobs: farm.store.blobs, to: file, sourceDateEpoch: 1)
        for (name, manifest) in trees {
            if !name.isEmpty { try writer.add(folder: name) }
            try writer.add(manifest, below: name)
        }
        try writer.finish()
        try file.seek(to: 0)
        return try file.readAll(limit: 1 << 30)
    }

    private func streamed(_ trees: [(String, TreeManifest)]) throws -> [UInt8] {
        var stream = TarStream(
            trees.map { (tree: StoredTree($0.1).digest, folder: $0.0) }, blobs: farm.store.blobs, sourceDateEpoch: 1)
        var bytes: [UInt8] = []
        while let piece = try stream.next() {
            #expect(piece.count <= 512 << 10)
            bytes += piece
        }
        return bytes
    }

    @Test func isWhatTheWriterWrites() throws {
        let first = try tree([0, 1, 511, 512, 513, 256 << 10, (256 << 10) + 1, 1_000_000])
        let second = try tree([7])
        let trees: [(String, TreeManifest)] = [("lib", first), ("app", second), ("", .empty)]
        let (stream, file) = (try streamed(trees), try written(trees))
        #expect(stream == file)
    }

    @Test func damageEndsIt() throws {
        let manifest = try tree([1_000_000])
        guard case .file(_, let digest) = manifest.entries[1].content else { return }
        let path = farm.store.blobs.path(digest)
        try Files.setPermissions(path, 0o644)
        try Files.open(path, .write).writeAll([9], at: 500_000)
        #expect(throws: FarmError.self) { _ = try streamed([("", manifest)]) }
        #expect(!farm.store.blobs.contains(digest))
    }
}
