public import FarmModel

extension Store {
    /// How long each job took when it last succeeded, in seconds; jobs that never did are absent.
    public func lastDurations(of jobs: [JobIdentity]) throws(FarmError) -> [JobIdentity: Double] {
        try read { database throws(FarmError) in
            let hasHistory = try database.first("SELECT 1 FROM packages LIMIT 1") { _ in true } ?? false
            var durations: [JobIdentity: Double] = [:]
            guard hasHistory else { return durations }
            let sql = "SELECT duration_ms FROM packages WHERE name = ? AND architecture = ? AND cell = ?"
            for job in jobs {
                let milliseconds = try database.first(sql, job.name, job.architecture.name, job.cellText) { $0.integerIfAny(0) } ?? nil
                durations[job] = milliseconds.map { Double($0) / 1000 }
            }
            return durations
        }
    }
}
