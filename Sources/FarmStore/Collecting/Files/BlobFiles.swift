import FarmModel
import HostSystem

/// Files in the store that are no blobs of it: whoever added or removed them was stopped.
struct BlobFiles {
    let store: Store
    let now: Int64?

    /// A file that is not wanted.
    struct Stray: Sendable {
        var path: String
        /// The digest in its name; nil for a damaged copy.
        var digest: Digest?
        var bytes: Int64

        var reason: String { digest == nil ? "a damaged copy that was set aside" : "the database does not know it" }
    }

    /// The folders that files lie in.
    var folders: [String] {
        let root = store.directory.blobs
        return ((try? Files.entries(of: root)) ?? []).filter { $0.type == .folder }.compactMap { entry in entry.name.map { "\(root)/\($0)" }
        }
    }

    /// The files of a folder that look as if they were not wanted.
    func strays(in folder: String) throws(FarmError) -> [Stray] {
        let prefix = folder.split(separator: "/").last ?? ""
        let candidates = ((try? Files.entries(of: folder)) ?? []).compactMap { entry -> Stray? in
            guard entry.type == .regular, let name = entry.name else { return nil }
            if name.hasSuffix(".damaged") { return Stray(path: "\(folder)/\(name)", digest: nil, bytes: 0) }
            return Digest(prefix + name).map { Stray(path: "\(folder)/\(name)", digest: $0, bytes: 0) }
        }
        return try unknown(candidates)
    }

    /// Those that the database does not know. What is certain is only what is found while nobody adds blobs.
    func unknown(_ candidates: [Stray]) throws(FarmError) -> [Stray] {
        let sql = "SELECT 1 FROM blobs WHERE digest = ?1 UNION ALL SELECT 1 FROM pins WHERE digest = ?1"
        return try store.read { database throws(FarmError) in
            var strays: [Stray] = []
            for var stray in candidates {
                if let digest = stray.digest, try database.first(sql, digest, map: { _ in true }) == true { continue }
                stray.bytes = FolderSize.bytes(stray.path)
                strays.append(stray)
            }
            return strays
        }
    }

    /// The folders of what is being added. Those that are there while nobody adds anything belong to the dead.
    var sessions: [String] {
        let names = ((try? Files.entries(of: store.directory.path + "/blobs")) ?? []).compactMap(\.name)
        return names.filter { $0.hasPrefix(BlobSession.folderPrefix) }.map { "blobs/\($0)" }
    }
}
