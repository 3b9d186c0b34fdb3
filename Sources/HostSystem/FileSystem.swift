internal import CHostSystem

/// The file system that holds a path.
public struct FileSystem: Sendable, Equatable {
    /// The magic number of statfs(2).
    public let type: UInt64
    /// Bytes that an ordinary user can still write.
    public let freeBytes: UInt64
    /// Bytes in all.
    public let totalBytes: UInt64
    /// Files that can still be created; 0 with `totalInodes` 0 where the file system does not count them.
    public let freeInodes: UInt64
    /// Files in all.
    public let totalInodes: UInt64
    /// Whether the files live on another machine, where locks may not exclude. FUSE is judged by the name of its mount.
    public let isNetwork: Bool

    /// The file system of a path that exists.
    public init(at path: String) throws(SystemError) {
        var raw = bf_file_system()
        try SystemCall.value("examine the file system of", path) { bf_file_system_at(path, &raw) }
        self.init(raw, device: raw.type == Self.fuse ? try Files.status(path, following: true).device : 0)
    }

    private init(_ raw: bf_file_system, device: UInt64) {
        type = raw.type
        freeBytes = raw.free_bytes
        totalBytes = raw.total_bytes
        freeInodes = raw.free_inodes
        totalInodes = raw.total_inodes
        isNetwork = raw.type == Self.fuse ? MountTable.isNetworkFuse(device: device) : Self.networkTypes.contains(raw.type)
    }

    /// FUSE.
    static let fuse: UInt64 = 0x6573_5546

    /// Magic numbers of statfs(2) and of the kernel's sources.
    private static let networkTypes: [UInt64] = [
        0x6969,  // NFS
        0x517b,  // SMB
        0xff53_4d42,  // CIFS
        0xfe53_4d42,  // SMB2
        0x564c,  // NCP
        0x7375_7245,  // Coda
        0x5346_414f,  // OpenAFS
        0x6b41_4653,  // AFS
        0x00c3_6400,  // Ceph
        0x0102_1997,  // 9P
        0x0bd0_0bd0,  // Lustre
        0x0116_1970,  // GFS2
        0x7461_636f,  // OCFS2
        0x4750_4653,  // GPFS
        0x1983_0326,  // BeeGFS
        0x786f_4256,  // shared folders of VirtualBox
    ]
}
