/// The mounts of this process, as /proc/self/mountinfo lists them.
enum MountTable {
    /// FUSE file systems whose files are local. Any other counts as remote, as the caution is about locks.
    private static let localFuse: Set<Substring> = [
        "fuseblk", "fuse.fuse-overlayfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.mergerfs", "fuse.bindfs", "fuse.encfs", "fuse.gocryptfs",
        "fuse.unionfs", "fuse.squashfuse", "fuse.lxcfs", "fuse.portal",
    ]

    /// Whether a FUSE mount of that device number (stat's) serves files of another machine. Unknown mounts do.
    static func isNetworkFuse(device: UInt64) -> Bool {
        guard let bytes = try? Files.readAll("/proc/self/mountinfo", limit: 16 << 20) else { return true }
        return isNetworkFuse(device: device, mounts: String(decoding: bytes, as: UTF8.self))
    }

    /// proc(5): the third field of a line is `major:minor`; the type follows the field `-`.
    static func isNetworkFuse(device: UInt64, mounts: String) -> Bool {
        let major = (device >> 8) & 0xfff | (device >> 32) & ~0xfff
        let minor = device & 0xff | (device >> 12) & ~0xff
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 3, fields[2] == "\(major):\(minor)", let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count
            else { continue }
            return !localFuse.contains(fields[dash + 1])
        }
        return true
    }
}
