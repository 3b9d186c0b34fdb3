import AlpinePackage
import FarmModel

@testable import PackageFiles
@testable import PackageRoots

/// The files of packages of strangers, as the archive that a data segment holds.
///
/// What is read lies beneath the root by its bytes, where no link is in the way, and each place is there once.
enum PackageTarget {
    static func check(_ input: Input) -> CInt {
        do throws(FarmError) { checkLayout(try entries(input.bytes)) } catch {
            expect(error.message.isHarmless, "a raw control character in a message")
        }
        return 0
    }

    private static func entries(_ bytes: [UInt8]) throws(FarmError) -> [TarEntry] {
        var limits = TarLimits()
        limits.entries = 100
        limits.bytes = 1 << 20
        var archive = TarReader(MemorySource(bytes), name: "x", limits: limits)
        var entries: [TarEntry] = []
        var size = 0
        while let entry = try archive.next() {
            expect(Bytes.isBeneath(entry.path) && !entry.path.isEmpty, "an entry leaves the root: \(entry.path)")
            expect(entry.mode <= 0o7777 && entry.checksum.map(\.count) ?? 20 == 20, "an entry is none: \(entry)")
            if case .hardLink(let target) = entry.content {
                expect(entries.contains { Bytes.areEqual($0.path, target) }, "a further name of nothing: \(target)")
            }
            while case let piece = try archive.content(), !piece.isEmpty { size += piece.count }
            entries.append(entry)
        }
        expect(entries.count <= limits.entries && size <= limits.bytes, "more than the limits")
        return entries
    }

    private static func checkLayout(_ entries: [TarEntry]) {
        var layout = RootLayout()
        let record = PackageRecord(name: "x", version: "1", architecture: "noarch")
        do throws(EnvironmentFailure) { try layout.add(record, entries) { $0 } } catch {
            expect(error.message.isHarmless, "a raw control character in a message")
            return
        }
        var paths: Set<[UInt8]> = []
        for index in layout.tree.nodes.indices.dropFirst() {
            let path = layout.tree.path(of: index)
            expect(Bytes.isBeneath(path), "a file leaves the root: \(path)")
            expect(layout.tree[layout.tree[index].parent].content == .folder, "a file lies in no folder: \(path)")
            expect(paths.insert(Array(path.utf8)).inserted, "two files have one place: \(path)")
        }
    }
}

extension String {
    /// Whether it can be shown on a terminal.
    var isHarmless: Bool { unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 } }
}
