/// The processes that hold a lock (flock) because they inherited its descriptor.
public enum LockInheritors {
    /// The processes that hold the lock on a file which a process now dead has taken, and nobody else: whoever only has the file open, or
    /// took a lock of its own, is not among them.
    ///
    /// It reads proc(5), so it finds the processes that this user may examine.
    /// - Parameter taker: the process id of the one that took the lock.
    public static func processes(holding path: String, takenBy taker: Int32) throws(SystemError) -> [ProcessIdentity] {
        let inode = try Files.status(path).inode
        return try Files.entries(of: "/proc").compactMap { entry in
            guard let identifier = entry.name.flatMap({ Int32($0) }), identifier != taker,
                let identity = ProcessIdentity(of: identifier), holds(identifier, inode, taker)
            else { return nil }
            return identity
        }
    }

    private static func holds(_ process: Int32, _ inode: UInt64, _ taker: Int32) -> Bool {
        let folder = "/proc/\(process)/fdinfo"
        return ((try? Files.entries(of: folder)) ?? []).contains { entry in
            guard let name = entry.name, let text = try? Files.readAll("\(folder)/\(name)", limit: 64 << 10) else { return false }
            return isHeld(inode, by: taker, in: String(decoding: text, as: UTF8.self))
        }
    }

    /// Whether a text of /proc/PID/fdinfo tells of a lock on an inode, for instance `lock: 1: FLOCK ADVISORY WRITE 288 fe:00:1644 0 EOF`.
    /// Within a pid namespace the kernel gives a taker that is gone as 0.
    static func isHeld(_ inode: UInt64, by taker: Int32, in text: String) -> Bool {
        text.split(separator: "\n").contains { line in
            let fields = line.split(whereSeparator: \.isWhitespace)
            guard fields.count >= 7, fields[0] == "lock:", fields[2] == "FLOCK", let process = Int32(fields[5]) else { return false }
            return fields[6].hasSuffix(":\(inode)") && (process == taker || process == 0)
        }
    }
}
