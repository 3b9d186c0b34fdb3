/// One entry of an archive, checked.
public struct TarEntry: Sendable, Equatable {
    /// What an entry is.
    public enum Content: Sendable, Equatable {
        /// A file of so many bytes, which follow.
        case file(size: Int64)
        case folder
        /// A symbolic link with the text that it says, which may lead anywhere.
        case symbolicLink(target: String)
        /// Another name of a file that stood earlier in the archive, by its path there.
        case hardLink(target: String)
    }

    /// Where it lies: relative, without empty names, `.` and `..`, and without control characters.
    public var path: String
    /// What it is.
    public var content: Content
    /// The permission bits, with those of set-user-id, set-group-id and sticky.
    public var mode: UInt32
    /// The user's number.
    public var owner: UInt32
    /// The group's number.
    public var group: UInt32
    /// Seconds since 1970.
    public var modifiedSeconds: Int64
    /// Extended attributes, by name in the order of the archive (`SCHILY.xattr.NAME`).
    public var attributes: [ExtendedAttribute] = []
    /// The SHA-1 of a file's content or of a link's text (`APK-TOOLS.checksum.SHA1`), 20 bytes; nil if the archive does not tell.
    public var checksum: [UInt8]?
}
