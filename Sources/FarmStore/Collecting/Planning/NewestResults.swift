import FarmModel

/// The newest results of each package: of each name, architecture and matrix cell, the good ones apart from the failed ones.
struct NewestResults {
    private let database: Connection

    init(_ database: Connection) { self.database = database }

    /// A condition on the job `j`: fewer than `count` newer jobs of its package ended as it did.
    static func isAmong(_ count: Int) -> String {
        guard count > 0 else { return "0" }
        return """
            ((SELECT count(*) FROM (SELECT 1 FROM jobs n WHERE n.name = j.name AND n.id > j.id AND n.architecture = j.architecture
                AND n.cell = j.cell AND n.state = j.state LIMIT \(count))) < \(count))
            """
    }

    /// True if a build has one of the newest good or failed results of a package.
    func has(_ build: BuildID, good: Int, bad: Int) throws(FarmError) -> Bool {
        if try has(build, .success, good) { return true }
        return try has(build, .failed, bad)
    }

    private func has(_ build: BuildID, _ state: JobState, _ count: Int) throws(FarmError) -> Bool {
        guard count > 0 else { return false }
        let sql = "SELECT 1 FROM jobs j WHERE j.build = ? AND j.state = ? AND \(Self.isAmong(count)) LIMIT 1"
        return try database.first(sql, build, state.rawValue) { _ in true } ?? false
    }
}
