import HostSystem

/// How much the files beneath a path have together.
enum FolderSize {
    /// Deeper than this nothing is counted: each level takes a descriptor.
    private static let depthLimit = 64

    /// The sizes of all files beneath a path, or of the file there, in bytes; what cannot be looked at counts as nothing. No link is followed.
    static func bytes(_ path: String) -> Int64 {
        guard let status = try? Files.statusIfPresent(path) else { return 0 }
        guard status.type == .folder else { return status.type == .regular ? status.size : 0 }
        guard let folder = try? Files.open(path, [.read, .folder, .noFollow]) else { return 0 }
        return bytes(in: folder, depth: 0)
    }

    private static func bytes(in folder: Descriptor, depth: Int) -> Int64 {
        var total: Int64 = 0
        for entry in (try? folder.entries()) ?? [] {
            guard let name = entry.name else { continue }
            switch entry.type {
            case .regular: total += (try? Files.status(name, in: folder).size) ?? 0
            case .folder where depth < depthLimit:
                guard let inner = try? Files.open(name, [.read, .folder, .noFollow], in: folder) else { continue }
                total += bytes(in: inner, depth: depth + 1)
            default: break
            }
        }
        return total
    }
}
