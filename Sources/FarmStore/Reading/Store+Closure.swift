public import FarmModel

extension Store {
    /// The selection with the unfinished jobs that its jobs need: without them a single job would wait for ever.
    public func closure(of selection: Selection) throws(FarmError) -> Selection {
        guard !selection.jobs.isEmpty else { return selection }
        let sql = """
            WITH RECURSIVE needed(id) AS (
                SELECT value FROM json_each(?) UNION SELECT e.need FROM edges e JOIN needed n ON e.job = n.id)
            SELECT n.id FROM needed n JOIN jobs j ON j.id = n.id WHERE j.ended_ms IS NULL
            """
        let start = JSONValue.array(selection.jobs.map { .int($0.number) }).text
        let jobs: [JobID] = try read { database throws(FarmError) in try database.all(sql, start) { $0.identifier(0) } }
        return Selection(builds: selection.builds, jobs: Set(jobs))
    }
}
