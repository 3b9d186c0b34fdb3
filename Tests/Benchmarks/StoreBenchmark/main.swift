import FarmModel
import FarmStore
import HostSystem
import TestSupport

/// Prints how fast the store submits, claims, finishes and cancels, as a table.
struct StoreBenchmark {
    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = Clock.boottimeNanoseconds
        try body()
        return Double(Clock.boottimeNanoseconds - start) / 1e9
    }

    /// A chain of layers: each job needs up to four of the layer before.
    private func graph(_ count: Int, padding: Int) -> Submission {
        let width = 100
        return Submission(
            jobs: (0..<count).map { number in
                let layer = number / width
                let needs = layer == 0 ? [] : Set([0, 7, 31, 64].map { (layer - 1) * width + (number + $0) % width }).map { ($0, false) }
                return .named("job-\(number)", needs: needs, padding: padding)
            })
    }

    func run(_ name: String, _ submission: Submission, ending limit: Int) throws {
        let farm = try TestFarm()
        let count = submission.jobs.count
        let runner = try TestRunner(farm.store)
        var build = BuildID(0)
        let submitted = try seconds { build = try farm.submit(submission).id }
        var ended = 0
        let drained = try seconds {
            while ended < limit, let claim = try runner.claim() {
                try runner.finish(claim, .good)
                ended += 1
            }
        }
        let left = count - ended
        let cancelled = try seconds { _ = try farm.store.cancel(.build(build), by: "benchmark") }
        print(
            [name, "\(count)", cell(submitted * 1000, "ms"), cell(Double(ended) / drained, "/s"), "\(left)", cell(cancelled * 1000, "ms")]
                .map { $0 + String(repeating: " ", count: max(0, 16 - $0.count)) }.joined())
    }

    private func cell(_ value: Double, _ unit: String) -> String { "\(Int(value)) \(unit)" }

    func runAll() throws {
        print(
            ["graph", "jobs", "submit", "claim+finish", "cancelled jobs", "in"].map { $0 + String(repeating: " ", count: 16 - $0.count) }
                .joined())
        try run("independent", .independent(10_000), ending: 10_000)
        try run("independent", .independent(100_000), ending: 20_000)
        try run("layers", graph(10_000, padding: 0), ending: 10_000)
        try run("layers, 8 KiB", graph(10_000, padding: 8 << 10), ending: 10_000)
        try run("layers", graph(100_000, padding: 0), ending: 20_000)
    }
}

try StoreBenchmark().runAll()
