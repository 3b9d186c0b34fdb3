import BuildGraph
import FarmModel

/// One build of a trace, and what the farm knew before it: some earlier builds, in which each job took longer or shorter by chance, and in
/// which some jobs did not occur.
struct ForecastTrial {
    /// The error of one forecast.
    struct Result {
        /// How much longer the rest took than the forecast said, as a share of the time of the whole build.
        var error: Double
        /// Whether the build was done by the time that holds nine times of ten.
        var isWithinNinetieth: Bool
    }

    private static let earlierBuilds = 5
    /// About a quarter more or less is usual.
    private static let spread = 0.25

    private let trace: Trace
    private let slots: Int
    private let estimates: [DurationEstimate?]
    private let durations: [Double]
    private let starts: [Double]
    private let makespan: Double

    /// - Parameter newJobs: The share of jobs that were never built before.
    init(_ trace: Trace, slots: Int, newJobs: Double, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        self.trace = trace
        self.slots = slots
        estimates = trace.durations.map { usual in
            let samples = (0..<Self.earlierBuilds).map { _ in Int64(1000 * usual * random.logNormal(spread: Self.spread)) }
            return Double.random(in: 0..<1, using: &random) < newJobs ? nil : DurationEstimate(samples: samples)
        }
        durations = trace.durations.map { $0 * random.logNormal(spread: Self.spread) }
        let weights = estimates.map { Double($0?.median ?? 0) }
        var build = Simulation(trace.graph, durations: durations, ranks: try trace.graph.remainingPath(weights: weights))
        makespan = build.makespan(slots: slots)
        starts = build.starts
    }

    /// The forecast made when a share of the time is over, against what happened.
    func result(after share: Double) -> Result? {
        let now = makespan * share
        let open = trace.graph.nodes.filter { starts[$0] + durations[$0] > now }
        let places = Dictionary(uniqueKeysWithValues: zip(open, open.indices))
        let jobs = open.map { node in
            RemainingWork.Job(
                needs: trace.graph.needs(of: node).compactMap { places[$0] }, estimate: estimates[node],
                elapsedMilliseconds: starts[node] <= now && share > 0 ? Int64((now - starts[node]) * 1000) : nil)
        }
        guard let forecast = Forecast(RemainingWork(jobs: jobs, slots: slots)) else { return nil }
        let rest = makespan - now
        return Result(
            error: (rest - Double(forecast.endMilliseconds) / 1000) / makespan,
            isWithinNinetieth: rest <= Double(forecast.ninetiethMilliseconds) / 1000)
    }
}
