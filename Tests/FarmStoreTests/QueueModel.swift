import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

/// Drives a farm with random operations and compares every answer with what the state before it allows.
final class QueueModel {
    private let folder: TemporaryFolder
    private let clock = TestClock()
    private let store: Store
    private let runner: TestRunner
    private var random: SeededGenerator
    private var open: [Claim] = []
    private var closed: [Claim] = []
    private var builds: [BuildID] = []
    private var before: FarmSnapshot
    private var lastEvent: Int64 = 0
    private(set) var log: [String] = []

    init(seed: UInt64) throws {
        folder = try TemporaryFolder()
        random = SeededGenerator(seed: seed)
        let clock = clock
        var opening = StoreOpening(directory: StateDirectory(path: folder("state")), command: "test") { _ in }
        opening.readClock = { clock.now }
        store = try opening.open()
        runner = try TestRunner(store)
        before = try store.read { database throws(FarmError) in try FarmSnapshot(database) }
    }

    /// One random operation, then all rules. False when something is broken; it was recorded then.
    func step() throws -> Bool {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<8: try submit()
        case 8..<36: try claim()
        case 36..<60: try finishOne()
        case 60..<64: try reportLate()
        case 64..<72: try cancel()
        case 72..<82: try retry()
        case 82..<90: try pauseOrResume()
        default: advance()
        }
        return try check()
    }

    /// Ends everything; a build that cannot end is a broken rule.
    func drain() throws -> Bool {
        try store.resume(.all)
        try store.resume(.runner(runner.id))
        for build in builds { try store.resume(.build(build)) }
        for claim in open { try runner.finish(claim, .good) }
        for _ in 0..<10_000 {
            clock.advance(400_000)
            guard let claim = try runner.claim() else { break }
            try runner.finish(claim, random.chance(20) ? .unlucky : random.chance(20) ? .bad : .good)
        }
        log.append("drain")
        guard try check() else { return false }
        let left = before.builds.filter { !$0.value.state.isTerminal }
        #expect(left.isEmpty, "builds that never end: \(left.keys) after \(log.suffix(30))")
        return left.isEmpty
    }

    private func check() throws -> Bool {
        let last = lastEvent
        let (now, events, newest) = try store.read { database throws(FarmError) in
            (try FarmSnapshot(database), try FarmSnapshot.events(after: last, in: database), try FarmSnapshot.newestEvent(in: database))
        }
        let rules = FarmRules(farm: now)
        let broken = rules.broken + rules.broken(since: before, events: events)
        before = now
        lastEvent = newest
        #expect(broken.isEmpty, "after \(log.suffix(12).joined(separator: "; "))")
        return broken.isEmpty
    }

    private func submit() throws {
        guard builds.count < 6 else { return }
        let count = Int.random(in: 1...12, using: &random)
        var jobs: [Submission.Job] = []
        for position in 0..<count {
            let needs = (0..<position).filter { _ in random.chance(25) }.map { ($0, random.chance(25)) }
            jobs.append(.named("n\(position)", needs: needs, priority: Int.random(in: 0...2, using: &random)))
        }
        var submission = Submission(jobs: jobs)
        if random.chance(20) { submission.notBeforeMilliseconds = clock.now.wallMilliseconds + 2_000 }
        let build = try store.submitNew(submission).id
        builds.append(build)
        log.append("submit \(build) of \(count)")
    }

    private func claim() throws {
        let selection = random.chance(20) ? builds.randomElement(using: &random).map { Selection(builds: [$0]) } : nil
        let expected = ready(in: selection).max { ($0.priority, $0.score, -$0.id.number) < ($1.priority, $1.score, -$1.id.number) }
        let claim = try runner.claim(selection)
        log.append("claim \(claim.map { "\($0.job)" } ?? "nothing")")
        guard let claim else {
            #expect(expected == nil, "nothing claimed, but \(expected as Any) was ready")
            return
        }
        let job = before.jobs[claim.job]
        #expect(ready(in: selection).contains { $0.id == claim.job }, "claimed what was not ready: \(job as Any)")
        // A job whose time has just come is ranked by that time, so only those that were ready before can be compared.
        if let expected, let job, job.queue == 1, expected.queue == 1 { #expect(job.id == expected.id) }
        #expect(claim.number == Int(job?.attempts ?? 0) + 1)
        open.append(claim)
    }

    private func ready(in selection: Selection?) -> [FarmSnapshot.Job] {
        let now = clock.now
        guard !before.isPaused, !isRunnerPaused else { return [] }
        return before.jobs.values.filter { job in
            guard selection?.builds.contains(job.build) ?? true, let queue = job.queue else { return false }
            guard queue == 2, let due = job.due else { return queue == 1 }
            if job.dueBoot == "" { return due <= now.wallMilliseconds }
            return job.dueBoot != now.bootIdentifier || due <= now.bootMilliseconds
        }
    }

    private func finishOne() throws {
        guard let index = open.indices.randomElement(using: &random) else { return }
        let claim = open.remove(at: index)
        let (result, expected) = randomResult()
        let isCancelling = before.jobs[claim.job]?.isCancelling ?? false
        let outcome = try runner.finish(claim, result)
        log.append("finish \(claim.job): \(outcome)")
        if isCancelling {
            #expect(outcome == .ended(.cancelled))
        } else if let expected {
            #expect(outcome == expected)
        } else {
            if case .delayed(let delay) = outcome { #expect((500...2_000).contains(delay)) } else { #expect(outcome == .ended(.failed)) }
        }
        closed.append(claim)
    }

    /// A result and its outcome, where that does not depend on the tries before.
    private func randomResult() -> (AttemptReport.Result, FinishOutcome?) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: (.good, .ended(.success))
        case 4: (.abandoned, .requeued)
        case 5: (.cancelled, .ended(.cancelled))
        default: randomFailure()
        }
    }

    private func randomFailure() -> (AttemptReport.Result, FinishOutcome?) {
        let failure = FailureClass.allCases.randomElement(using: &random) ?? .build
        let isRetried = failure == .infrastructure || failure == .lost
        return (.failed(failure, message: "no", retry: RetryPolicy(), jitter: 0.5), isRetried ? nil : .ended(.failed))
    }

    private func reportLate() throws {
        if let claim = closed.randomElement(using: &random), random.chance(50) {
            #expect(try runner.finish(claim, .good) == .stale)
        } else if var claim = open.randomElement(using: &random) {
            claim.token[0] ^= 1
            #expect(try runner.finish(claim, random.chance(50) ? .good : .bad) == .stale)
        }
        log.append("late report")
        try expectNothingChanged()
    }

    private func expectNothingChanged() throws {
        let now = try store.read { database throws(FarmError) in try FarmSnapshot(database) }
        #expect(now == before, "after \(log.suffix(3))")
    }

    private func cancel() throws {
        guard let target = randomTarget() else { return }
        let outcome = try store.cancel(target, by: "test")
        log.append("cancel \(target): \(outcome.ended) ended")
        let open = Set(try store.cancelRequests(of: runner.id).map(\.number))
        for job in outcome.cancelling {
            #expect(self.open.contains { $0.job == job && open.contains($0.attempt.number) }, "a cancelled job's runner hears of it")
        }
        guard case .build(let build) = target, !(before.builds[build]?.isEnded ?? true) else { return }
        #expect(try store.jobs(of: build).allSatisfy { $0.state.isTerminal || $0.isCancelling })
    }

    private func randomTarget() -> Target? {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: builds.randomElement(using: &random).map { .build($0) }
        case 1: (open + closed).randomElement(using: &random).map { .attempt($0.attempt) }
        default: randomJob().map { .job($0.id) }
        }
    }

    private func randomJob() -> FarmSnapshot.Job? {
        before.jobs.values.sorted { $0.id < $1.id }.randomElement(using: &random)
    }

    private func retry() throws {
        if random.chance(25), let build = builds.randomElement(using: &random) { return try retryFailed(of: build) }
        let lost = before.jobs.values.filter { $0.state == .failed || $0.state == .cancelled }.sorted { $0.id < $1.id }
        guard let job = random.chance(70) ? lost.randomElement(using: &random) : randomJob() else { return }
        let isBlocked = (before.needs[job.id] ?? []).contains { need in
            !need.isOptional && [.failed, .skipped, .cancelled].contains(before.jobs[need.need]?.state)
        }
        let isLost = job.state == .failed || job.state == .cancelled
        let isEarly = isLost ? try store.build(job.build).isCancelling : job.state == .running && job.isCancelling
        let isPossible = isLost && !isBlocked && !isEarly
        do {
            let revived = try store.retry(job.id)
            log.append("retry \(job.id): \(revived.count)")
            #expect(isPossible && revived.contains(job.id), "\(job)")
        } catch {
            log.append("retry \(job.id) refused")
            #expect(!isPossible, "\(error): \(job)")
            #expect(error.status == (isEarly ? .temporary : .badInput))
            try expectNothingChanged()
        }
    }

    private func retryFailed(of build: BuildID) throws {
        do {
            let revived = try store.retryFailed(of: build)
            log.append("retry all of \(build): \(revived.count)")
            let left = try store.jobs(of: build).filter { [.failed, .skipped, .cancelled].contains($0.state) }
            #expect(left.isEmpty)
        } catch {
            #expect(error.status == .temporary)
            try expectNothingChanged()
        }
    }

    private var isRunnerPaused = false

    private func pauseOrResume() throws {
        var target = PauseTarget.all
        switch Int.random(in: 0..<4, using: &random) {
        case 0: target = .all
        case 1: target = .runner(runner.id)
        default: if let build = builds.randomElement(using: &random) { target = .build(build) }
        }
        let pauses = random.chance(40)
        if pauses { try store.pause(target, by: "test", reason: nil) } else { try store.resume(target) }
        if case .runner = target { isRunnerPaused = pauses }
        log.append("\(pauses ? "pause" : "resume") \(target)")
    }

    private func advance() {
        if random.chance(10) { clock.reboot() } else { clock.advance(Int64.random(in: 0...1_500, using: &random)) }
        log.append("time passes")
    }
}
