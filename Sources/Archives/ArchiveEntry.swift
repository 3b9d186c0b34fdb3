internal import CArchive
internal import Glibc

/// One entry of an archive, as the archive has it. Nothing in it is to be trusted.
struct ArchiveEntry {
    enum Content {
        case folder
        /// `size` is what the archive announces; nil where the end tells.
        case file(size: Int64?)
        case symbolicLink(target: String)
        /// Another name for an earlier file, which gets new content where there is some.
        case hardLink(target: String, size: Int64?)
        /// Anything else; the text says what.
        case special(String)
    }

    /// nil where it is not UTF-8.
    let path: String?
    /// nil where a link's target is not UTF-8.
    let content: Content?
    /// The permission bits, at most 07777.
    let permissions: UInt32

    init(_ entry: OpaquePointer) {
        path = Self.text(archive_entry_pathname(entry))
        permissions = UInt32(archive_entry_perm(entry)) & 0o7777
        let size = archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : nil
        if let target = archive_entry_hardlink(entry) {
            content = Self.text(target).map { .hardLink(target: $0, size: size) }
            return
        }
        switch UInt32(archive_entry_filetype(entry)) {
        case S_IFREG: content = .file(size: size)
        case S_IFDIR: content = .folder
        case S_IFLNK: content = Self.text(archive_entry_symlink(entry)).map { .symbolicLink(target: $0) }
        case S_IFIFO: content = .special("named pipe")
        case S_IFSOCK: content = .special("socket")
        case S_IFCHR, S_IFBLK: content = .special("device")
        default: content = .special("thing of unknown type")
        }
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.flatMap { String(validatingCString: $0) } }
}
