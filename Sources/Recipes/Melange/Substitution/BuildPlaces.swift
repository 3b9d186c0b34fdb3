/// Where a build finds its files, as melange has them.
enum BuildPlaces {
    /// The workspace, in which steps start.
    static let workspace = "/home/build"
    /// The folder in which each package has a folder of its own.
    static let output = "/home/build/melange-out"

    /// The folder of a package's files.
    static func folder(of package: String) -> String { "\(output)/\(package)" }
}
