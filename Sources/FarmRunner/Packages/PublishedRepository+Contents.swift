import FarmModel
import HostSystem
import PackageFiles

extension PublishedRepository {
    private static let pieceSize = 1 << 20

    /// Whether the folder has all packages of a tree of the same form, byte for byte, and had them when its index was written last.
    func has(_ tree: TreeManifest) -> Bool {
        tree.entries.allSatisfy { entry in
            guard entry.path.hasSuffix(".apk"), case .file(let size, let digest) = entry.content else { return true }
            return has(entry.path, size, digest)
        }
    }

    private func has(_ path: String, _ size: Int64, _ digest: Digest) -> Bool {
        let index = "\(folder)/\(PathText.parent(of: path))/\(IndexWriter.fileName)"
        guard let indexed = try? Files.status(index), let file = try? Files.open("\(folder)/\(path)", [.read, .noFollow]),
            let status = try? file.status()
        else { return false }
        return status.size == size && status.modifiedNanoseconds <= indexed.modifiedNanoseconds && (try? Self.digest(of: file)) == digest
    }

    private static func digest(of file: Descriptor) throws(SystemError) -> Digest {
        var hasher = DigestHasher()
        var offset: Int64 = 0
        while true {
            let bytes = try file.read(atMost: pieceSize, at: offset)
            if bytes.isEmpty { return hasher.finish() }
            bytes.withUnsafeBytes { hasher.update($0) }
            offset += Int64(bytes.count)
        }
    }
}
