internal import Glibc
internal import HostSystem
internal import PackageFiles

/// Owner, mode, times and extended attributes of what is laid out, as far as this process may set them.
enum FileAttributes {
    /// Whether files can be given to others.
    static let mayGiveAway = geteuid() == 0

    /// Sets all of a file or folder that is open. What belongs to numbers that this process may not give files to stays its own.
    static func set(
        owner: UInt32, group: UInt32, mode: UInt32, _ attributes: [ExtendedAttribute], of file: Descriptor
    ) throws(SystemError) {
        try setOwner(owner, group, of: file)
        // A change of owner takes the bits of set-user-id away, and so may one of attributes: the mode comes last.
        for attribute in attributes { try tolerant { () throws(SystemError) in try attribute.set(on: file) } }
        try file.setPermissions(mode)
    }

    private static func setOwner(_ owner: UInt32, _ group: UInt32, of file: Descriptor) throws(SystemError) {
        guard mayGiveAway else { return }
        try tolerant { () throws(SystemError) in try file.setOwner(owner, group: group) }
    }

    /// Gives a symbolic link itself to an owner and a group.
    static func setOwner(_ owner: UInt32, _ group: UInt32, ofLink name: String, in folder: Descriptor) throws(SystemError) {
        guard mayGiveAway, owner != 0 || group != 0 else { return }
        try tolerant { () throws(SystemError) in try Files.setOwner(name, owner, group: group, in: folder) }
    }

    /// What is not permitted, not mapped or not supported here is left out.
    private static func tolerant(_ set: () throws(SystemError) -> Void) throws(SystemError) {
        do throws(SystemError) { try set() } catch  where error.isAttributeRefused {}
    }
}
