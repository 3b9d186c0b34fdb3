internal import PackageFiles

/// One file, folder or symbolic link of a root.
struct LayoutNode {
    /// What it is.
    enum Content: Equatable {
        case folder
        case link(target: String)
        /// A file of a package's folder, by the numbers of both.
        case packaged(package: Int, file: Int)
        /// A file that is made for the root.
        case written([UInt8])
    }

    var content: Content
    /// The index of the folder that it lies in.
    var parent: Int
    var name: String
    var mode: UInt32 = 0o755
    var owner: UInt32 = 0
    var group: UInt32 = 0
    /// Seconds since 1970, for links; files have theirs already, folders and made files that of the whole root.
    var modifiedSeconds: Int64 = 0
    /// Of the folder itself.
    var attributes: [ExtendedAttribute] = []
    /// What the package says of the content: 20 bytes.
    var checksum: [UInt8]?
    /// Whose it is, by the package's number; nil for what no package has.
    var package: Int?
    /// A folder that no package has named yet: the first that does decides on mode and owner.
    var isImplied = false
}
