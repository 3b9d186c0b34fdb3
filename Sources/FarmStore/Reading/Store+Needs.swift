public import FarmModel

/// A tree that a job sees under `$BF_DEPS`.
public struct NeededTree: Sendable, Hashable {
    /// The name of the job that made it.
    public var name: String
    /// The tree.
    public var tree: Digest
    /// True for a need that the document names itself.
    public var isDirect: Bool
}

extension Store {
    /// The trees of all jobs that a job needs, directly and indirectly, sorted by name; those that failed or were optional and are missing are
    /// left out, and so are indirect ones in which there is nothing. Several of one name carry architecture or matrix cell in theirs.
    public func neededTrees(of job: JobID) throws(FarmError) -> [NeededTree] {
        try read { database throws(FarmError) in try NeededTreeReader(database: database, known: knownNeeds).trees(neededBy: job) }
    }

    /// The newest good tree of a job by name, for a need that says `from: latest`, and the job that made it.
    public func latestTree(name: String, architecture: Architecture) throws(FarmError) -> (tree: Digest, job: JobID)? {
        let row = try read { database throws(FarmError) in
            try database.first(
                """
                SELECT t.digest, p.job FROM packages p JOIN trees t ON t.id = p.tree
                WHERE p.name = ? AND p.architecture IN (?, 'noarch') AND p.isolation <> 'none' ORDER BY p.job DESC LIMIT 1
                """, name, architecture.name
            ) { LatestTree(tree: $0.digest(0), job: $0.identifier(1)) }
        }
        return row.flatMap { found in found.tree.map { ($0, found.job) } }
    }

    private struct LatestTree: Sendable {
        var tree: Digest?
        var job: JobID
    }
}
