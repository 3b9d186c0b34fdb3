public import FarmModel

/// Reads how long jobs took before.
struct DurationReader {
    private let database: Connection
    private let isolation: String?
    /// Whether any attempt has ended yet.
    private let hasHistory: Bool

    /// So many of the newest good attempts count: a package changes.
    private static let samples = 20

    /// - Parameter isolation: Where there are attempts with this isolation only they count; nil for all.
    init(_ database: Connection, isolation: String?) throws(FarmError) {
        self.database = database
        self.isolation = isolation
        hasHistory = try database.first("SELECT 1 FROM history LIMIT 1") { _ in true } ?? false
    }

    /// The quantiles of a job's newest good attempts; nil if there are none. The parts are as the database has them.
    func estimate(name: String, architecture: String, cell: String) throws(FarmError) -> DurationEstimate? {
        guard hasHistory else { return nil }
        let sql = """
            SELECT duration_ms, isolation IS ?4 FROM history
            WHERE name = ?1 AND architecture = ?2 AND cell = ?3 AND state = 'success' ORDER BY id DESC LIMIT \(Self.samples)
            """
        var (all, alike): ([Int64], [Int64]) = ([], [])
        _ = try database.all(sql, name, architecture, cell, isolation) { row in
            guard let duration = row.integerIfAny(0) else { return }
            all.append(duration)
            if row.flag(1) { alike.append(duration) }
        }
        return DurationEstimate(samples: alike.isEmpty ? all : alike)
    }

    /// As ``estimate(name:architecture:cell:)`` of an identity.
    func estimate(_ job: JobIdentity) throws(FarmError) -> DurationEstimate? {
        try estimate(name: job.name, architecture: job.architecture.name, cell: job.cellText)
    }
}

extension Store {
    /// How long jobs usually take when they succeed, in seconds; jobs that never did are absent.
    public func usualDurations(of jobs: [JobIdentity]) throws(FarmError) -> [JobIdentity: Double] {
        try read { database throws(FarmError) in
            let reader = try DurationReader(database, isolation: nil)
            var durations: [JobIdentity: Double] = [:]
            for job in jobs { durations[job] = try reader.estimate(job).map { Double($0.median) / 1000 } }
            return durations
        }
    }
}
