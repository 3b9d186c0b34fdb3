/// Why something cannot be laid out where a package wants it.
enum LayoutProblem: Error, Equatable {
    /// A path goes through something that is no folder, of a package.
    case notFolder(String, package: Int?)
    /// A path goes through a symbolic link that leads to itself.
    case circle(String, package: Int?)
    /// Folders in folders in folders.
    case tooDeep(String)
    /// Two packages have different files of the same path.
    case conflict(String, package: Int?)
}
