import Archives
import FarmModel
import Glibc
import HostSystem

/// Archives of strangers: tar, zip, cpio, plain or compressed.
///
/// Whatever they hold, nothing appears beside the folder they are unpacked into, and no link in it leads out.
enum ArchiveTarget {
    private static let archive = ScratchFile("archive")
    private static let outer = ScratchFile.folder + "/outer"

    static func check(_ input: Input) -> CInt {
        do {
            archive.write(input.bytes)
            try? Files.removeTree(outer)
            mkdir(outer, 0o700)
            mkdir(outer + "/inner", 0o700)
            try unpack()
            expect(try Files.entries(of: outer).map(\.name) == ["inner"], "something was unpacked beside the folder")
        } catch {
            fatalError("\(error)")
        }
        return 0
    }

    private static func unpack() throws {
        var limits = UnpackLimits()
        limits.bytes = 1 << 20
        limits.entries = 100
        let folder = try Files.open(outer + "/inner", [.read, .folder])
        let file = try Files.open(archive.path, [.read])
        do throws(UnpackFailure) {
            let summary = try Unpacker(limits: limits).unpack(file, into: folder, stripComponents: 0)
            expect(summary.bytes <= limits.bytes && summary.entries <= limits.entries, "more than the limits")
            checkLinks(outer + "/inner")
        } catch {
            expect(!error.message.utf8.contains { $0 < 32 || $0 == 127 }, "a raw control character in a message")
        }
    }

    /// The kernel's own word for where a link leads.
    private static func checkLinks(_ folder: String) {
        guard let entries = try? Files.entries(of: folder) else { return }
        for entry in entries {
            let path = "\(folder)/\(entry.name ?? "?")"
            if entry.type == .folder { checkLinks(path) }
            guard entry.type == .symbolicLink, let end = realpath(path, nil) else { continue }
            defer { free(end) }
            let inside = Array((outer + "/inner").utf8)
            expect(String(cString: end).utf8.starts(with: inside), "a link leads out: \(path)")
        }
    }
}
