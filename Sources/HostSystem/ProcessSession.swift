internal import Glibc

/// All processes of a session.
enum ProcessSession {
    /// How often the process table is read: a process may start another while it is read.
    private static let rounds = 10

    /// Kills all members. The caller keeps the session's number from being reused by not reaping its leader.
    static func kill(_ session: Int32) throws(SystemError) {
        for _ in 0..<rounds {
            let members = try self.members(of: session)
            if members.isEmpty { return }
            for member in members { try member.kill(.kill) }
        }
    }

    private static func members(of session: Int32) throws(SystemError) -> [ProcessIdentity] {
        try Files.entries(of: "/proc").compactMap { entry in
            guard let name = entry.name, let identifier = Int32(name), let found = ProcessTableEntry(identifier),
                found.session == session, found.state != "Z", found.state != "X"
            else { return nil }
            return ProcessIdentity(identifier: identifier, startTime: found.startTime, bootIdentifier: Clock.bootIdentifier)
        }
    }
}
