internal import HostSystem

/// The mode of a file as Go writes it (`os.FileMode`): permission bits as everywhere, everything else at places of its own.
struct GoFileMode: Equatable {
    static let folder: UInt32 = 1 << 31
    static let link: UInt32 = 1 << 27
    static let setUser: UInt32 = 1 << 23
    static let setGroup: UInt32 = 1 << 22
    static let sticky: UInt32 = 1 << 20
    /// All bits that say what the file is.
    private static let types: UInt32 = folder | link | 1 << 26 | 1 << 25 | 1 << 24 | 1 << 21 | 1 << 19

    var bits: UInt32

    init(bits: UInt32) { self.bits = bits }

    /// The mode of what is sent; nil for what is never sent, such as devices and sockets.
    init?(_ status: FileStatus) {
        var bits = status.permissions & 0o777
        switch status.type {
        case .regular: break
        case .folder: bits |= Self.folder
        case .symbolicLink: bits |= Self.link
        default: return nil
        }
        if status.permissions & 0o4000 != 0 { bits |= Self.setUser }
        if status.permissions & 0o2000 != 0 { bits |= Self.setGroup }
        if status.permissions & 0o1000 != 0 { bits |= Self.sticky }
        self.bits = bits
    }

    /// What it is; `unknown` for devices, pipes and sockets.
    var type: FileType {
        switch bits & Self.types {
        case 0: .regular
        case Self.folder: .folder
        case Self.link: .symbolicLink
        default: .unknown
        }
    }

    /// The permission bits of the file system, with set-user-id, set-group-id and sticky.
    var permissions: UInt32 {
        var permissions = bits & 0o777
        if bits & Self.setUser != 0 { permissions |= 0o4000 }
        if bits & Self.setGroup != 0 { permissions |= 0o2000 }
        if bits & Self.sticky != 0 { permissions |= 0o1000 }
        return permissions
    }
}
