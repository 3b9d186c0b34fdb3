public import FarmModel

/// The newest good result of a package.
public struct GoodResult: Sendable, Equatable {
    /// Name, architecture and matrix cell.
    public var identity: JobIdentity
    /// The job that made it; its build may have been collected since.
    public var job: JobID
    /// The tree; nil if it was collected.
    public var tree: Digest?

    /// Names a result.
    public init(identity: JobIdentity, job: JobID, tree: Digest?) {
        self.identity = identity
        self.job = job
        self.tree = tree
    }
}

extension Store {
    /// The newest good results of a name, or of one identity as tools write it (`lib@aarch64[cc=gcc]`).
    public func goodResults(of package: String) throws(FarmError) -> [GoodResult] {
        let name = String(package.prefix { $0 != "@" && $0 != "[" })
        let sql = """
            SELECT p.name, p.architecture, p.cell, p.job, t.digest FROM packages p LEFT JOIN trees t ON t.id = p.tree
            WHERE p.name = ? ORDER BY p.architecture, p.cell
            """
        let results = try read { database throws(FarmError) in
            try database.all(sql, name) { row in
                GoodResult(
                    identity: StoredIdentity.read(name: row.text(0), architecture: row.text(1), cell: row.text(2)), job: row.identifier(3),
                    tree: row.digest(4))
            }
        }
        return package == name ? results : results.filter { $0.identity.description == package }
    }

    /// The size of a file that belongs to a tree of this farm, in bytes; nil for any other.
    public func sizeOfBlob(_ digest: Digest) throws(FarmError) -> Int64? {
        let sql = "SELECT bytes FROM blobs b WHERE digest = ? AND EXISTS(SELECT 1 FROM tree_blobs WHERE blob = b.id)"
        return try read { database throws(FarmError) in try database.first(sql, digest) { $0.integer(0) } }
    }

    /// The names of all packages with a good result.
    public func packageNames() throws(FarmError) -> [String] {
        try read { database throws(FarmError) in try database.all("SELECT DISTINCT name FROM packages") { $0.text(0) } }
    }

    /// The tree whose digest begins with some hexadecimal digits.
    /// - Throws: `noInput` if there is none, `badInput` if there are several, `usage` if it cannot be one.
    public func tree(startingWith text: String) throws(FarmError) -> Digest {
        let range = try DigestRange(text)
        let found = try read { database throws(FarmError) in
            try database.all("SELECT digest FROM trees WHERE digest BETWEEN ? AND ? LIMIT 2", range.low, range.high) { $0.digest(0) }
        }
        guard let tree = try range.only(found.compactMap(\.self)) else {
            throw FarmError(.noInput, "no tree has the digest \(text); see bf-status --artifacts JOB")
        }
        return tree
    }
}
