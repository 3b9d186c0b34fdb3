internal import FarmModel

/// What the files of a package need and offer, while it is being found out.
struct FoundRelations {
    /// What must be installed with it.
    var dependencies: Set<String> = []
    /// What it offers to others.
    var provides: Set<String> = []
    /// The names of what it has for itself alone.
    var ownParts: Set<String> = []
}

/// One thing that the files of a package tell.
protocol ScanRule: Sendable {
    /// Adds what the files of a package tell.
    /// - Throws: `inputOutput` if a file cannot be read.
    func add(to found: inout FoundRelations, from package: ScannedPackage, of build: ScannedBuild) throws(FarmError)
}
