import FarmModel

/// The state directory as a folder.
struct StateFolderFacts: Sendable {
    /// What is at its path.
    enum Kind: Sendable, Equatable {
        /// Nothing; whether it could be made.
        case missing(canBeMade: Bool)
        /// A file, or something else.
        case noFolder
        /// Why it cannot be examined.
        case unreadable(String)
        /// A folder: permission bits, its owner, whether this user can read and write it.
        case folder(permissions: UInt32, owner: UInt32, isUsable: Bool)
    }

    /// Its path.
    var path: String
    /// What is there.
    var kind: Kind
    /// The user that asks.
    var user: UInt32

    var check: CheckRecord {
        let name = "state"
        switch kind {
        case .missing(canBeMade: true): return CheckRecord(name, .absent, "\(path) is not there yet; the first bf-submit makes it")
        case .missing(canBeMade: false):
            return CheckRecord(
                name, .problem, "\(path) is not there and cannot be made", remedy: "choose another with --state, or make it for this user")
        case .noFolder: return CheckRecord(name, .problem, "\(path) is no folder", remedy: "choose another state directory with --state")
        case .unreadable(let reason):
            return CheckRecord(name, .problem, reason, remedy: "give this user access, or choose another with --state")
        case .folder(let permissions, let owner, let isUsable): return folder(name, permissions, owner, isUsable)
        }
    }

    private func folder(_ name: String, _ permissions: UInt32, _ owner: UInt32, _ isUsable: Bool) -> CheckRecord {
        guard isUsable else {
            return CheckRecord(
                name, .problem, "\(path) belongs to user \(owner) and cannot be read and written by this one",
                remedy: "run bf as its owner, or choose another with --state")
        }
        if owner != user {
            return CheckRecord(
                name, .warning, "\(path) belongs to user \(owner), this is user \(user): what is made now its owner may not be able to use",
                remedy: "run bf as the owner of the state directory")
        }
        guard permissions & 0o077 == 0 else {
            return CheckRecord(
                name, .warning, "\(path) has mode \(Octal.text(permissions)): other users can look into it", remedy: "run chmod 700 \(path)"
            )
        }
        return CheckRecord(name, .ok, path)
    }
}

/// Permission bits as people write them.
enum Octal {
    /// Four octal digits.
    static func text(_ mode: UInt32) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
