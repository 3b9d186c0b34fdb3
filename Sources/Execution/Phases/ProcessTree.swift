internal import HostSystem

/// Processes by descent.
enum ProcessTree {
    /// All that descend from a process and whose parents still live, in no order.
    static func descendants(of root: Int32) -> [ProcessIdentity] {
        var result: [ProcessIdentity] = []
        var pending = [root]
        while let parent = pending.popLast() {
            for child in children(of: parent) {
                pending.append(child)
                if let identity = ProcessIdentity(of: child) { result.append(identity) }
            }
        }
        return result
    }

    /// proc(5), /proc/PID/task/TID/children: each thread has its own.
    private static func children(of process: Int32) -> [Int32] {
        let folder = "/proc/\(process)/task"
        return ((try? Files.entries(of: folder)) ?? []).flatMap { thread -> [Int32] in
            guard let name = thread.name, let bytes = try? Files.readAll("\(folder)/\(name)/children", limit: 1 << 20) else { return [] }
            return String(decoding: bytes, as: UTF8.self).split(separator: " ").compactMap { Int32($0) }
        }
    }
}
