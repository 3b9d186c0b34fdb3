import FarmModel
import FarmStore
import HostSystem
import Synchronization

/// What happens in the farm, counted since the server started, and what there is of everything now. Names are those of OpenTelemetry's
/// conventions for CI/CD where they exist (`cicd.*`): a pipeline run is a build, a task run a job.
final class FarmMetrics: Sendable {
    private struct State {
        var builds: [String: Int] = [:]
        var jobs: [String: Int] = [:]
        var errors: [String: Int] = [:]
        var durations: [String: Histogram] = [:]
    }

    private let store: Store
    private let state = Mutex(State())
    private static let bounds: [Double] = [1, 5, 15, 60, 300, 900, 3_600, 14_400]

    init(store: Store) { self.store = store }

    /// Counts the ends among some events.
    func count(_ events: [LiveEvent]) {
        for event in events {
            let result = event.record.data?["state"]?.string
            switch event.record.event {
            case "build.ended": countBuild(event.record.build, result)
            case "job.ended":
                let failure = event.record.data?["class"]?.string
                state.withLock { state in
                    state.jobs[result ?? "failed", default: 0] += 1
                    if let failure { state.errors[failure, default: 0] += 1 }
                }
            default: continue
            }
        }
    }

    private func countBuild(_ id: BuildID?, _ result: String?) {
        var seconds: Double?
        if let id, let build = try? store.build(id), let started = build.startedMilliseconds, let ended = build.endedMilliseconds {
            seconds = Double(max(0, ended - started)) / 1_000
        }
        let result = result ?? "failed"
        state.withLock { state in
            state.builds[result, default: 0] += 1
            if let seconds { state.durations[Self.otelResult(result), default: Histogram(Self.bounds)].add(seconds) }
        }
    }

    /// - Throws: If the state directory cannot be read.
    func write(to text: inout MetricsText) throws(FarmError) {
        let unfinished = try store.recentBuilds(finished: 0)
        let runners = try store.runners()
        let state = state.withLock { $0 }
        text.begin("cicd_pipeline_run_active", .gauge, "Builds that have not ended, by state.")
        for (name, isCounted) in [("pending", BuildState.pending), ("executing", .running)] {
            text.add("cicd_pipeline_run_active", [("cicd_pipeline_run_state", name)], Double(unfinished.count { $0.state == isCounted }))
        }
        text.begin("cicd_pipeline_run_duration_seconds", .histogram, "From the start of a build's first job to the end of its last.")
        for (result, histogram) in state.durations.sorted(by: { $0.key < $1.key }) {
            text.add("cicd_pipeline_run_duration_seconds", [("cicd_pipeline_result", result)], histogram)
        }
        text.begin("cicd_pipeline_run_errors_total", .counter, "Jobs that failed, by class.")
        for (failure, count) in state.errors.sorted(by: { $0.key < $1.key }) {
            text.add("cicd_pipeline_run_errors_total", [("error_type", failure)], Double(count))
        }
        text.begin("cicd_worker_count", .gauge, "Places for jobs on the runners at work, by state.")
        let (slots, busy) = runners.reduce((0, 0)) { ($0.0 + $1.slots, $0.1 + $1.running) }
        text.add("cicd_worker_count", [("cicd_worker_state", "busy")], Double(busy))
        text.add("cicd_worker_count", [("cicd_worker_state", "available")], Double(max(0, slots - busy)))
        writeCounts(state, unfinished, to: &text)
    }

    private func writeCounts(_ state: State, _ unfinished: [BuildRecord], to text: inout MetricsText) {
        text.begin("bf_builds_ended_total", .counter, "Builds that have ended since the server started, by state.")
        for (result, count) in state.builds.sorted(by: { $0.key < $1.key }) {
            text.add("bf_builds_ended_total", [("state", result)], Double(count))
        }
        text.begin("bf_jobs_ended_total", .counter, "Jobs that have ended since the server started, by state.")
        for (result, count) in state.jobs.sorted(by: { $0.key < $1.key }) {
            text.add("bf_jobs_ended_total", [("state", result)], Double(count))
        }
        text.begin("bf_jobs", .gauge, "Jobs of builds that have not ended, by state.")
        let tallies = unfinished.map(\.tally)
        text.add("bf_jobs", [("state", "pending")], Double(tallies.reduce(0) { $0 + $1.pending }))
        text.add("bf_jobs", [("state", "running")], Double(tallies.reduce(0) { $0 + $1.running }))
    }

    /// The word of OpenTelemetry for the result of a pipeline run.
    static func otelResult(_ state: String) -> String {
        switch state {
        case "success": "success"
        case "cancelled": "cancellation"
        default: "failure"
        }
    }
}
