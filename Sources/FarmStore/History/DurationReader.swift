public import FarmModel

/// Reads how long jobs took before.
struct DurationReader {
    let database: Connection

    /// So many of the newest good attempts count: a package changes.
    static let samples = 20

    /// True if any attempt has ended yet.
    func hasHistory() throws(FarmError) -> Bool { try database.first("SELECT 1 FROM history LIMIT 1") { _ in true } ?? false }

    /// The quantiles of a job's newest good attempts; nil if there are none.
    /// - Parameter isolation: Where there are attempts with this isolation only they count; nil for all.
    func estimate(_ job: JobIdentity, isolation: String?) throws(FarmError) -> DurationEstimate? {
        let samples = try newest(job)
        let alike = isolation == nil ? [] : samples.filter { $0.isolation == isolation }
        return DurationEstimate(samples: (alike.isEmpty ? samples : alike).map(\.milliseconds))
    }

    private struct Sample {
        var isolation: String
        var milliseconds: Int64
    }

    private func newest(_ job: JobIdentity) throws(FarmError) -> [Sample] {
        let sql = """
            SELECT isolation, duration_ms FROM history
            WHERE name = ? AND architecture = ? AND cell = ? AND state = 'success' ORDER BY id DESC LIMIT \(Self.samples)
            """
        let rows = try database.all(sql, job.name, job.architecture.name, job.cellText) { ($0.text(0), $0.integerIfAny(1)) }
        return rows.compactMap { row in row.1.map { Sample(isolation: row.0, milliseconds: $0) } }
    }
}

extension Store {
    /// How long jobs usually take when they succeed, in seconds; jobs that never did are absent.
    public func usualDurations(of jobs: [JobIdentity]) throws(FarmError) -> [JobIdentity: Double] {
        try read { database throws(FarmError) in
            let reader = DurationReader(database: database)
            var durations: [JobIdentity: Double] = [:]
            guard try reader.hasHistory() else { return durations }
            for job in jobs { durations[job] = try reader.estimate(job, isolation: nil).map { Double($0.median) / 1000 } }
            return durations
        }
    }
}
