import FarmModel
import HostSystem

/// The file system that holds, or would hold, the state directory.
struct FileSystemFacts: Sendable {
    /// The magic number of statfs(2).
    var type: UInt64
    /// Whether its files live on another machine.
    var isNetwork: Bool
    /// Bytes that can still be written, and bytes in all.
    var freeBytes: UInt64
    var totalBytes: UInt64
    /// Files that can still be made, and files in all; 0 where they are not counted.
    var freeInodes: UInt64
    var totalInodes: UInt64

    private static let fewBytes: UInt64 = 2 << 30
    private static let hardlyBytes: UInt64 = 256 << 20
    private static let fewInodes: UInt64 = 100_000
    private static let hardlyInodes: UInt64 = 1_000

    /// Magic numbers of statfs(2).
    private static let names: [UInt64: String] = [
        0xEF53: "ext4", 0x5846_5342: "xfs", 0x9123_683E: "btrfs", 0x0102_1994: "tmpfs", 0x794c_7630: "overlay", 0x2fc1_2fc1: "zfs",
        0xca45_1a4e: "bcachefs", 0xF2F5_2010: "f2fs", 0x6969: "NFS", 0xff53_4d42: "CIFS", 0xfe53_4d42: "SMB2", 0x00c3_6400: "Ceph",
        0x0102_1997: "9P", 0x6573_5546: "FUSE", 0x4d44: "FAT",
    ]

    private static let volatile: Set<UInt64> = [0x0102_1994]

    var checks: [CheckRecord] { [system, space, inodes] }

    private var system: CheckRecord {
        let name = "file-system"
        let type = Self.names[self.type] ?? "type 0x" + String(self.type, radix: 16)
        if isNetwork {
            return CheckRecord(
                name, .problem, "\(type) is a network file system, whose locks cannot be trusted: refused",
                remedy: "put the state directory on a local disk with --state")
        }
        if Self.volatile.contains(self.type) {
            return CheckRecord(
                name, .warning, "\(type) is in memory: the farm is gone after a reboot", remedy: "put the state directory on a disk")
        }
        return CheckRecord(name, .ok, type)
    }

    private var space: CheckRecord {
        let found = "\(Self.text(freeBytes)) of \(Self.text(totalBytes)) free"
        let remedy = "free some space: bf-gc --explain shows what could go"
        if freeBytes < Self.hardlyBytes { return CheckRecord("disk", .problem, found, remedy: remedy) }
        return CheckRecord("disk", freeBytes < Self.fewBytes ? .warning : .ok, found, remedy: freeBytes < Self.fewBytes ? remedy : nil)
    }

    private var inodes: CheckRecord {
        guard totalInodes > 0 else { return CheckRecord("inodes", .ok, "not counted by this file system") }
        let found = "\(freeInodes) of \(totalInodes) free"
        let remedy = "remove files, or make the file system anew with more inodes"
        if freeInodes < Self.hardlyInodes { return CheckRecord("inodes", .problem, found, remedy: remedy) }
        let isFew = freeInodes < Self.fewInodes
        return CheckRecord("inodes", isFew ? .warning : .ok, found, remedy: isFew ? remedy : nil)
    }

    private static func text(_ bytes: UInt64) -> String {
        let units: [(UInt64, String)] = [(1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
        guard let (size, unit) = units.first(where: { bytes >= $0.0 }) else { return "\(bytes) B" }
        let tenths = bytes / (size / 10)
        return "\(tenths / 10).\(tenths % 10) \(unit)"
    }
}
