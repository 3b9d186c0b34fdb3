/// Chooses packages, as apk does: for a list of constraints one set of packages in which nothing is missing and nothing conflicts.
///
/// The choice is the same for the same input. A name is satisfied by packages of that name and by those that provide it; of packages that
/// provide a name with a version, or have it, only one can be chosen. Among candidates the order is: a preferred source; an untagged
/// source; the package of that name; the highest provider priority; the origin of a package that is chosen already; the highest version;
/// the first source; the name. A choice that turns out to be impossible is revised, by learning from each conflict
/// (J. P. Marques-Silva, K. A. Sakallah, "GRASP: a search algorithm for propositional satisfiability", 1999).
public struct PackageSolver: Sendable {
    private let pool: PackagePool
    /// After how many steps the search gives up; one is about the look at one candidate.
    var largestStepCount = 20_000_000
    /// How many choices a conflict undoes at most, if it does not have to undo the last one only.
    var largestJump = 50

    /// Prepares a choice from the packages of some sources that are of an architecture, or of none.
    ///
    /// - Parameter architecture: As apk spells it, for instance `x86_64`.
    public init(sources: [PackageSource], architecture: String) {
        pool = PackagePool(sources: sources, architecture: architecture)
    }

    /// The packages that are needed to have all of `world`, each after what it depends on, as far as there are no cycles.
    ///
    /// - Throws: ``SolverFailure`` if there is no such set, or if finding it takes too many steps.
    public func solve(_ world: [Dependency]) throws(SolverFailure) -> [ResolvedPackage] {
        var search = try SolverSearch(pool: pool, world: world, largestStepCount: largestStepCount, largestJump: largestJump)
        try search.run()
        return InstallOrder(of: search).packages
    }
}
