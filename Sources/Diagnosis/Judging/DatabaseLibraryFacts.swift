import FarmModel

/// The version of SQLite.
struct DatabaseLibraryFacts: Sendable {
    /// For instance `3.40.1`.
    var version: String

    /// STRICT tables.
    private static let oldest = [3, 37, 0]
    /// The versions with the error by which two checkpoints at the same moment can damage a database (https://sqlite.org/wal.html).
    private static let flawed = (first: [3, 7, 0], last: [3, 51, 2])
    /// Those among them to which the correction was brought back.
    private static let corrected = [[3, 44, 6], [3, 50, 7]]

    var check: CheckRecord {
        let name = "sqlite"
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3 else { return CheckRecord(name, .warning, "version \(version), which is not known") }
        if numbers.lexicographicallyPrecedes(Self.oldest) {
            return CheckRecord(name, .problem, "version \(version) is too old", remedy: "install SQLite 3.37 or later")
        }
        guard Self.isFlawed(numbers) else { return CheckRecord(name, .ok, "version \(version)") }
        return CheckRecord(
            name, .ok, "version \(version) has the WAL-reset error (corrected in 3.51.3); guarded: bf never lets two checkpoints overlap")
    }

    private static func isFlawed(_ version: [Int]) -> Bool {
        let isInRange = !version.lexicographicallyPrecedes(flawed.first) && !flawed.last.lexicographicallyPrecedes(version)
        return isInRange && !corrected.contains(version)
    }
}
