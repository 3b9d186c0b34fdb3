internal import CHostSystem
internal import Glibc

/// The kinds of files.
public enum FileType: Sendable, Hashable {
    /// A file with content.
    case regular
    /// A folder.
    case folder
    /// A symbolic link.
    case symbolicLink
    /// A named pipe.
    case fifo
    /// A socket.
    case socket
    /// A character device.
    case characterDevice
    /// A block device.
    case blockDevice
    /// Not known.
    case unknown

    init(mode: UInt32) {
        switch mode & S_IFMT {
        case S_IFREG: self = .regular
        case S_IFDIR: self = .folder
        case S_IFLNK: self = .symbolicLink
        case S_IFIFO: self = .fifo
        case S_IFSOCK: self = .socket
        case S_IFCHR: self = .characterDevice
        case S_IFBLK: self = .blockDevice
        default: self = .unknown
        }
    }
}

/// What stat(2) says of a file.
public struct FileStatus: Sendable, Equatable {
    /// What it is.
    public let type: FileType
    /// The permission bits, with set-user-id, set-group-id and sticky: `mode & 0o7777`.
    public let permissions: UInt32
    /// The owner's user id.
    public let owner: UInt32
    /// The group's id.
    public let group: UInt32
    /// Bytes of content.
    public let size: Int64
    /// Bytes on the disk.
    public let allocatedSize: Int64
    /// The inode's number.
    public let inode: UInt64
    /// The device's number.
    public let device: UInt64
    /// The number of names (hard links).
    public let links: UInt64
    /// Time of the last change of the content, nanoseconds since 1970.
    public let modifiedNanoseconds: Int64

    init(_ raw: bf_file_status) {
        type = FileType(mode: raw.mode)
        permissions = raw.mode & 0o7777
        owner = raw.owner
        group = raw.group
        size = raw.size
        allocatedSize = raw.blocks * 512
        inode = raw.inode
        device = raw.device
        links = raw.links
        modifiedNanoseconds = raw.modified_nanoseconds
    }
}
