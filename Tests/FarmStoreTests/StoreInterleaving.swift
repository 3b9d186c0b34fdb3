import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

/// One random history told to a real store and to the value of a farm, which must agree after each event.
final class StoreInterleaving {
    private let folder: TemporaryFolder
    private let clock = TestClock()
    private let store: Store
    private let runner: TestRunner
    private var random: SeededGenerator
    private var farm = FarmValue()
    private var jobs: [JobID] = []
    private var builds: [BuildID] = []
    private var open: [Int: Claim] = [:]
    private var closed: [Claim] = []
    private var log: [String] = []

    init(seed: UInt64) throws {
        // In memory: what is tried here is what commits say, not that they last.
        folder = try TemporaryFolder(in: "/dev/shm")
        random = SeededGenerator(seed: seed)
        let (clock, directory) = (clock, StateDirectory(path: folder("state")))
        store = try StoreOpening(directory: directory, command: "test", notice: { _ in }, readClock: { clock.now }).open()
        runner = try TestRunner(store)
    }

    /// One event; false when the two disagree, which was recorded then.
    func step() throws -> Bool {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<6: try submit()
        case 6..<34: try claim()
        case 34..<58: try report(randomResult())
        case 58..<66: try report(Self.lost)
        case 66..<70: try reportLate()
        case 70..<77: try cancel()
        case 77..<87: try retry()
        case 87..<92: try pauseOrResume()
        case 92..<98: advance()
        default: try collect()
        }
        return try agrees()
    }

    private static let lost = AttemptReport.Result.failed(.lost, message: "gone", retry: FarmValue.policy, jitter: 0.5)

    private func submit() throws {
        guard farm.present.count < 40 else { return }
        let build = farm.addBuild()
        var members: [Submission.Job] = []
        for position in 0..<Int.random(in: 1...8, using: &random) {
            let needs = (0..<position).filter { _ in random.chance(30) }.map { ($0, random.chance(25)) }
            members.append(.named("b\(build)-\(position)", needs: needs))
            let first = farm.jobs.count - position
            farm.insert(into: build, needs: needs.map { .init(job: first + $0.0, isOptional: $0.1) })
        }
        let id = try store.submitNew(Submission(jobs: members)).id
        builds.append(id)
        jobs += try store.jobs(of: id).map(\.id)
        log.append("submit \(build) of \(members.count)")
    }

    private func claim() throws {
        let claim = try runner.claim()
        let ready = farm.present.filter { farm.queue($0) == .ready }
        guard let claim, let job = jobs.firstIndex(of: claim.job) else {
            #expect(claim == nil && ready.isEmpty, "nothing claimed of \(ready)")
            return
        }
        log.append("claim \(job)")
        #expect(ready.contains(job), "\(job) was claimed, and was not ready")
        farm.claim(job)
        open[job] = claim
    }

    private func randomResult() -> AttemptReport.Result {
        switch Int.random(in: 0..<7, using: &random) {
        case 0..<4: return .good
        case 4: return .abandoned
        case 5: return .cancelled
        default:
            let failure = FailureClass.allCases.randomElement(using: &random) ?? .build
            return .failed(failure, message: "no", retry: FarmValue.policy, jitter: 0.5)
        }
    }

    private func report(_ result: AttemptReport.Result) throws {
        guard let (job, claim) = open.sorted(by: { $0.key < $1.key }).randomElement(using: &random) else { return }
        open[job] = nil
        closed.append(claim)
        try runner.finish(claim, result)
        farm.report(job, attempt: Int(claim.number), result.end)
        log.append("report \(job) \(result.end)")
    }

    private func reportLate() throws {
        guard let claim = closed.randomElement(using: &random) else { return }
        #expect(try runner.finish(claim, .good) == .stale)
        if let job = jobs.firstIndex(of: claim.job) { farm.report(job, attempt: Int(claim.number), .success) }
        log.append("late report of \(claim.job)")
    }

    private func cancel() throws {
        guard let job = farm.present.randomElement(using: &random) else { return }
        let build = farm.jobs[job].build
        if random.chance(30) {
            _ = try store.cancel(.build(builds[build]), by: "test")
            farm.cancel(build: build)
            log.append("cancel build \(build)")
        } else {
            _ = try store.cancel(.job(jobs[job]), by: "test")
            farm.cancel(job)
            log.append("cancel \(job)")
        }
    }

    private func retry() throws {
        let failed = farm.present.filter { farm.jobs[$0].state == .failed || farm.jobs[$0].state == .cancelled }
        guard let job = (random.chance(80) ? failed : farm.present).randomElement(using: &random) else { return }
        let isWhole = random.chance(30)
        let build = farm.jobs[job].build
        let revived = try? isWhole ? store.retryFailed(of: builds[build]) : store.retry(jobs[job])
        let expected = isWhole ? farm.retry(build: build) : farm.retry(job)
        log.append("retry \(isWhole ? "build \(build)" : "\(job)"): \(revived.map { "\($0.count)" } ?? "refused")")
        #expect(revived?.map { jobs.firstIndex(of: $0) } == expected.map { $0.map(Optional.some) }, "\(log.suffix(8))")
    }

    private func pauseOrResume() throws {
        guard let job = farm.present.randomElement(using: &random) else { return }
        let build = farm.jobs[job].build
        if random.chance(40) {
            try store.pause(.build(builds[build]), by: "test", reason: nil)
            farm.pause(build)
        } else {
            try store.resume(.build(builds[build]))
            farm.resume(build)
        }
        log.append("pause or resume \(build)")
    }

    private func advance() {
        if random.chance(15) {
            clock.reboot()
            farm.reboot()
        } else {
            clock.advance(400_000)
            farm.endDelays()
        }
        log.append("time passes")
    }

    private func collect() throws {
        try Collector(store: store, policy: CollectFarm.nothing, isDryRun: false, notice: { _ in }) { _ in }.collect()
        let left = try store.read { database throws(FarmError) in
            Set(try database.all("SELECT id FROM builds") { $0.identifier(0) as BuildID })
        }
        let gone = builds.indices.filter { !farm.collected.contains($0) && !left.contains(builds[$0]) }
        #expect(gone.allSatisfy { farm.isEnded(build: $0) }, "gc took a build that had not ended")
        farm.collect(gone)
        log.append("gc of \(gone)")
    }

    private struct Seen: Equatable {
        var state: JobState?
        var isClaimable: Bool
        var waiting: Int64
        var isCancelling: Bool
    }

    private func agrees() throws -> Bool {
        let now = clock.now
        let stored = try store.read { database throws(FarmError) in
            try database.all("SELECT id, state, queue, waiting, cancel_ms IS NOT NULL, due_ms, due_boot FROM jobs ORDER BY id") { row in
                let isDue = row.textIfAny(6) != now.bootIdentifier || row.integer(5) <= now.bootMilliseconds
                let queue = row.integerIfAny(2)
                let isClaimable = queue == QueueState.ready.rawValue || queue == QueueState.delayed.rawValue && isDue
                let state = JobState(rawValue: row.text(1))
                // What an ended job once waited for is of no interest.
                let waiting = state == .pending ? row.integer(3) : 0
                return (
                    row.identifier(0) as JobID, Seen(state: state, isClaimable: isClaimable, waiting: waiting, isCancelling: row.flag(4))
                )
            }
        }
        let expected = farm.present.map { job in
            let value = farm.jobs[job]
            let waiting = value.state == .pending ? Int64(value.waiting) : 0
            return Seen(
                state: value.state, isClaimable: farm.queue(job) == .ready, waiting: waiting, isCancelling: value.isCancelling)
        }
        let isSame = stored.map(\.0) == farm.present.map { jobs[$0] } && stored.map(\.1) == expected
        #expect(isSame, "after \(log.suffix(12).joined(separator: "; ")): \(stored.map(\.1)), expected \(expected)")
        return isSame
    }
}
