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

    /// Builds of one job each: one transaction and one wait for the disk for each, and as many joined as come while the disk is waited for.
    func runSingles(_ count: Int) throws {
        let farm = try TestFarm()
        let alone = try seconds {
            for number in 0..<count { try farm.submit(Submission(jobs: [.named("alone-\(number)")])) }
        }
        let together = try seconds {
            for part in stride(from: 0, to: count, by: 256) {
                _ = try farm.store.submit((part..<part + 256).map { Submission(jobs: [.named("together-\($0)")]) })
            }
        }
        let queue = SubmissionQueue(store: farm.store)
        let (readEnd, writeEnd) = try Descriptor.pipe()
        let queued = try seconds {
            for number in 0..<count {
                queue.submit(Submission(jobs: [.named("queued-\(number)")])) { _ in try? writeEnd.writeAll([0]) }
            }
            var answers = 0
            while answers < count { answers += try readEnd.read(atMost: 1 << 16)?.count ?? 0 }
        }
        for (name, time) in [("alone", alone), ("256 together", together), ("queue", queued)] {
            row(["one job, \(name)", "\(count)", cell(time * 1e6 / Double(count), "us each"), cell(Double(count) / time, "/s")])
        }
    }

    private func row(_ cells: [String]) {
        print(cells.map { $0 + String(repeating: " ", count: max(1, 24 - $0.count)) }.joined())
    }

    func runAll() throws {
        row(["submissions", "builds", "submit", "rate"])
        try runSingles(10_240)
        print("")
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
