internal import FarmModel
internal import HostSystem

/// A folder of this machine as the root of a sandbox. Its content may come from anywhere, so no link in it is followed on the machine.
struct FolderRoot {
    /// Places that a sandbox fills itself.
    private static let own: Set<String> = ["proc", "dev", "sys", "tmp", "build", "out", "deps", "run"]

    /// Those, and where the user's home is.
    private static let filled = own.union(["home", "etc"])

    /// What is bound or linked.
    let mounts: [SandboxMount]

    /// The root in the folder `path`.
    /// - Parameter names: whether the sandbox has a network and so needs name servers; then /etc is put together of its entries.
    init(path: String, names: Bool) throws(ExecutionFailure) {
        do {
            var mounts: [SandboxMount] = []
            for entry in try Files.entries(of: path, limit: 1_000) {
                guard let name = entry.name, !Self.own.contains(name) else { continue }
                if name == "etc" && names && entry.type == .folder {
                    mounts += try Self.mounts(of: "\(path)/etc", at: "/etc", without: ["resolv.conf"])
                } else if name == "home" {
                    // The user's own home is in it, which few roots have a place for. A link is no place for one.
                    if entry.type == .folder { mounts += try Self.mounts(of: "\(path)/home", at: "/home", without: ["build"]) }
                } else if let mount = try Self.mount(entry, name, in: path, at: "") {
                    mounts.append(mount)
                }
            }
            self.mounts = mounts + [.folder("/run")]
        } catch {
            throw ExecutionFailure(.badInput, "the root folder cannot be used: \(error)")
        }
    }

    /// A root that is shown as a whole. Scripts and secrets of one phase are not to be found in it by the next, so they lie beside it.
    init(_ root: WritableRoot) throws(ExecutionFailure) {
        do {
            for entry in try Files.entries(of: root.original, limit: 1_000) where entry.name.map(Self.filled.contains) == true {
                guard entry.type == .folder else {
                    let name = entry.name ?? ""
                    throw ExecutionFailure(.badInput, "the root folder has a \(name) that is no folder; a sandbox needs one there")
                }
            }
        } catch {
            throw error as? ExecutionFailure ?? ExecutionFailure(.badInput, "the root folder cannot be used: \(error)")
        }
        mounts = [.writable(root.place, at: "/"), .temporary("/run")]
    }

    private static func mounts(of path: String, at place: String, without left: Set<String>) throws(SystemError) -> [SandboxMount] {
        var mounts = [SandboxMount.folder(place)]
        for entry in try Files.entries(of: path, limit: 1_000) {
            guard let name = entry.name, !left.contains(name), let mount = try mount(entry, name, in: path, at: place) else { continue }
            mounts.append(mount)
        }
        return mounts
    }

    private static func mount(_ entry: FolderEntry, _ name: String, in path: String, at place: String) throws(SystemError) -> SandboxMount?
    {
        switch entry.type {
        case .symbolicLink: .link(to: String(decoding: try Files.linkTarget("\(path)/\(name)"), as: UTF8.self), at: "\(place)/\(name)")
        case .folder, .regular: .readOnly("\(path)/\(name)", at: "\(place)/\(name)")
        default: nil
        }
    }
}
