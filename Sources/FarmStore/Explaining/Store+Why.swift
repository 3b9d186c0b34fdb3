public import FarmModel

/// Why a job, or the jobs of a build, do not run.
public struct WaitExplanation: Sendable, Equatable {
    /// The job that is explained.
    public var job: JobRecord
    /// The codes, the primary one first; empty for a job that is at work or has ended.
    public var codes: [WaitCode]
    /// The facts behind them.
    public var facts: WaitFacts

    /// Explains a job.
    public init(job: JobRecord, codes: [WaitCode], facts: WaitFacts) {
        self.job = job
        self.codes = codes
        self.facts = facts
    }
}

/// Jobs of one build that wait for the same code.
public struct WaitGroup: Sendable, Equatable {
    /// How many they are.
    public var count: Int
    /// One of them.
    public var example: WaitExplanation

    /// Counts jobs.
    public init(count: Int, example: WaitExplanation) {
        self.count = count
        self.example = example
    }
}

extension Store {
    /// Why a job does not run, by the rule of the dispatcher.
    public func why(_ id: JobID) throws(FarmError) -> WaitExplanation {
        let now = clock()
        return try read { database throws(FarmError) in
            let job = try RecordReader(database).job(id)
            let reader = try WaitReader(database, directory, now: now)
            guard let row = try reader.rows("j.id = ?", [id]).first else {
                return WaitExplanation(job: job, codes: [], facts: WaitFacts(job: id, build: job.build))
            }
            let codes = reader.codes(of: row)
            return WaitExplanation(job: job, codes: codes, facts: try reader.facts(of: row, codes))
        }
    }

    /// Why the jobs of a build that do not run do not, by code; those nearest to a start first.
    public func why(_ build: BuildID) throws(FarmError) -> [WaitGroup] {
        let now = clock()
        return try read { database throws(FarmError) in
            let reader = try WaitReader(database, directory, now: now)
            var groups: [WaitCode: (count: Int, row: WaitReader.Row, codes: [WaitCode])] = [:]
            for row in try reader.rows("j.build = ?", [build]) {
                let codes = reader.codes(of: row)
                guard let code = codes.first else { continue }
                groups[code, default: (0, row, codes)].count += 1
            }
            var found: [WaitGroup] = []
            for (_, group) in groups.sorted(by: { $0.key > $1.key }) {
                let example = WaitExplanation(
                    job: try RecordReader(database).job(group.row.id), codes: group.codes,
                    facts: try reader.facts(of: group.row, group.codes))
                found.append(WaitGroup(count: group.count, example: example))
            }
            return found
        }
    }

    /// The primary reason of each of some jobs that do not run, in the words of a table.
    public func waits(of jobs: [JobID]) throws(FarmError) -> [JobID: WaitReason] {
        guard !jobs.isEmpty else { return [:] }
        let now = clock()
        return try read { database throws(FarmError) in
            let reader = try WaitReader(database, directory, now: now)
            let ids = JSONValue.array(jobs.map { .int($0.number) }).text
            var reasons: [JobID: WaitReason] = [:]
            for row in try reader.rows("j.id IN (SELECT value FROM json_each(?))", [ids]) {
                guard let code = reader.codes(of: row).first else { continue }
                reasons[row.id] = WaitReason(code, try reader.facts(of: row, [code]), now: now.wallMilliseconds)
            }
            return reasons
        }
    }

    /// What each runner at work can do; empty if none is.
    public func abilitiesAtWork() throws(FarmError) -> [RunnerAbilities] {
        let now = clock()
        return try read { database throws(FarmError) in try RunnersAtWork(database, now: now).states.map(\.abilities) }
    }
}
