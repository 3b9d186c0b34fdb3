import Glibc
import HostSystem

extension StateFolderFacts {
    /// Looks at the path; nothing is made.
    static func probe(_ path: String) -> StateFolderFacts { StateFolderFacts(path: path, kind: kind(of: path), user: geteuid()) }

    private static func kind(of path: String) -> Kind {
        do {
            let status = try Files.status(path, following: true)
            guard status.type == .folder else { return .noFolder }
            return .folder(
                permissions: status.permissions, owner: status.owner, isUsable: access(path, R_OK | W_OK | X_OK) == 0)
        } catch {
            guard error.isMissing else { return .unreadable("\(error)") }
            return .missing(canBeMade: access(nearestFolder(of: path), W_OK | X_OK) == 0)
        }
    }

    /// The path itself, or the first above it that is there.
    static func nearestFolder(of path: String) -> String {
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/"), (try? Files.status(String(rest), following: true)) == nil { rest = rest[..<slash] }
        return rest.isEmpty ? "/" : String(rest)
    }
}
