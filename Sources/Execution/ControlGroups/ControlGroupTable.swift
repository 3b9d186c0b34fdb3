/// Where this process stands in the control groups, and where their folders are: /proc/self/cgroup and /proc/self/mountinfo (cgroups(7)).
struct ControlGroupTable: Equatable {
    /// The folder of this process's group for each controller of version 1.
    private(set) var first: [String: String] = [:]
    /// The mount point of version 2 and this process's group beneath it.
    private(set) var second: Place?

    /// A mounted hierarchy.
    struct Place: Equatable {
        /// Where it is mounted.
        var mountPoint: String
        /// This process's group: the mount point or beneath it.
        var folder: String
    }

    /// Parses the two files.
    init(membership: String, mounts: String) {
        var paths: [String: String] = [:]
        for line in membership.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            for controller in fields[1].split(separator: ",", omittingEmptySubsequences: false) {
                paths[String(controller)] = String(fields[2])
            }
        }
        for line in mounts.split(separator: "\n") { take(mount: line, paths) }
    }

    /// `36 35 98:0 /root /mount/point rw,noatime shared:1 - cgroup cgroup rw,memory`: see proc(5).
    private mutating func take(mount line: Substring, _ paths: [String: String]) {
        let fields = line.split(separator: " ")
        guard let dash = fields.firstIndex(of: "-"), dash + 3 < fields.count, fields.count > 5 else { return }
        let root = String(fields[3])
        let mountPoint = String(fields[4])
        switch fields[dash + 1] {
        case "cgroup2":
            guard second == nil, let path = paths[""] else { return }
            second = Place(mountPoint: mountPoint, folder: Self.folder(path, root, mountPoint))
        case "cgroup":
            for option in fields[dash + 3].split(separator: ",") {
                guard let path = paths[String(option)], first[String(option)] == nil else { continue }
                first[String(option)] = Self.folder(path, root, mountPoint)
            }
        default: return
        }
    }

    /// A mount may show only a part of the hierarchy, from `root` on; a group outside of it has no folder, so the mount point must do.
    private static func folder(_ path: String, _ root: String, _ mountPoint: String) -> String {
        let base = root == "/" ? "" : root
        guard path.hasPrefix(base + "/"), !path.hasPrefix("/..") else { return mountPoint }
        let rest = path.dropFirst(base.utf8.count)
        return rest == "/" ? mountPoint : mountPoint + rest
    }
}
