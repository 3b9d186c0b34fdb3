public import FarmModel

extension Store {
    /// The documents of a package in the newest build that has it, one for each architecture and matrix cell; empty if none is known.
    public func newestDocuments(of name: String) throws(FarmError) -> [(job: JobID, text: String)] {
        let sql = """
            SELECT d.job, d.text FROM jobs j JOIN documents d ON d.job = j.id
            WHERE j.name = ?1 AND j.build = (SELECT build FROM jobs WHERE name = ?1 ORDER BY id DESC LIMIT 1) ORDER BY j.position
            """
        let rows = try read { database throws(FarmError) in
            try database.all(sql, name) { DocumentRow(job: $0.identifier(0), text: $0.text(1)) }
        }
        return rows.map { ($0.job, $0.text) }
    }

    private struct DocumentRow: Sendable {
        var job: JobID
        var text: String
    }
}
