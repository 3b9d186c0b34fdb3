/// The kernel's table of file locks: `/proc/locks`.
public enum LockTable {
    /// The processes that took a lock (flock) on a file, as `name (pid)`; those of other users and namespaces may be missing.
    public static func takers(of path: String) throws(SystemError) -> [String] {
        let inode = try Files.status(path).inode
        let text = String(decoding: try Files.readAll("/proc/locks", limit: 16 << 20), as: UTF8.self)
        return processes(withLockOn: inode, in: text).filter { $0 != ProcessIdentity.current.identifier }.map { process in
            let name = (try? Files.readAll("/proc/\(process)/comm", limit: 256)).map {
                String(decoding: $0.filter { $0 != 10 }, as: UTF8.self)
            }
            return "\(name ?? "process") (\(process))"
        }
    }

    /// Reads lines such as `3: FLOCK  ADVISORY  READ 1234 fe:00:1644 0 EOF`; those of waiters have an arrow and are left out.
    static func processes(withLockOn inode: UInt64, in text: String) -> [Int32] {
        text.split(separator: "\n").compactMap { line in
            let fields = line.split(whereSeparator: \.isWhitespace)
            guard fields.count >= 6, fields[1] == "FLOCK", fields[5].hasSuffix(":\(inode)") else { return nil }
            return Int32(fields[4])
        }
    }
}
