/// How good forecasts are in many builds of a trace, at several moments of each.
struct ForecastTable {
    private static let builds: UInt64 = 20
    private static let moments = [0, 25, 50, 75, 90]

    let trace: Trace

    func printAll(slots: [Int]) throws {
        for slots in slots {
            for newJobs in [0, 10] { try printTable(slots: slots, newJobs: newJobs) }
        }
    }

    /// - Parameter newJobs: How many of a hundred jobs were never built before.
    private func printTable(slots: Int, newJobs: Int) throws {
        let trials = try (1...Self.builds).map { try ForecastTrial(trace, slots: slots, newJobs: Double(newJobs) / 100, seed: $0) }
        printRow("\(slots) slots, \(newJobs) % new jobs", ["median", "9 of 10", "bias", "in time"])
        for moment in Self.moments {
            let results = trials.compactMap { $0.result(after: Double(moment) / 100) }
            let errors = results.map { abs($0.error) }.sorted()
            let bias = results.map(\.error).reduce(0, +) / Double(results.count)
            let inTime = Double(results.count { $0.isWithinNinetieth }) / Double(results.count)
            let shares = [errors[errors.count / 2], errors[errors.count * 9 / 10], bias, inTime]
            printRow("  % error when \(moment) % is over", shares.map { decimal($0 * 100, places: 1) })
        }
    }
}
