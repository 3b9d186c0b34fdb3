public import FarmModel

extension Store {
    /// The build, job, attempt or runner that an id or a unique prefix of one names.
    /// - Throws: `usage` if the text is no id, `noInput` if nothing matches, `badInput` if several do.
    public func resolve(_ text: String) throws(FarmError) -> Target {
        if let range = BuildID.range(ofPrefix: text) { return .build(BuildID(try only("builds", range, text))) }
        if let range = JobID.range(ofPrefix: text) { return .job(JobID(try only("jobs", range, text))) }
        if let range = AttemptID.range(ofPrefix: text) { return .attempt(AttemptID(try only("attempts", range, text))) }
        if let range = RunnerID.range(ofPrefix: text) { return .runner(RunnerID(try only("runners", range, text))) }
        throw FarmError(.usage, "\(JSONValue.string(text).text) is no id; ids look like b-…, j-…, a-… or r-…: see bf-status")
    }

    private func only(_ table: String, _ range: ClosedRange<Int64>, _ text: String) throws(FarmError) -> Int64 {
        let found = try read { database throws(FarmError) in
            try database.all(
                "SELECT id FROM \(table) WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 2", range.lowerBound, range.upperBound
            ) { $0.integer(0) }
        }
        guard let first = found.first else { throw FarmError(.noInput, "nothing has the id \(text); see bf-status") }
        guard found.count == 1 else { throw FarmError(.badInput, "\(text) is the start of several ids; give more of it") }
        return first
    }
}
