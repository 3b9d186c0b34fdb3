import FarmModel
import TestSupport

/// One random history of a small farm, told to the value and to the verdicts alike.
struct Interleaving {
    private var random: SeededGenerator
    private(set) var farm = FarmValue()
    private var verdicts = FarmVerdicts()
    private(set) var log: [String] = []
    private let keepsLog: Bool
    /// The builds whose cancel is not yet complete.
    private var cancelling: Set<Int> = []
    private var isRetriedEarly = false

    /// - Parameter keepsLog: costs more than all else; a seed that fails is run again with it.
    init(seed: UInt64, keepsLog: Bool = false) {
        random = SeededGenerator(seed: seed)
        self.keepsLog = keepsLog
        for _ in 0..<2 {
            let build = farm.addBuild()
            for _ in 0..<3 { insert(into: build) }
        }
    }

    /// Random events, then all that is left is brought to its end. Returns the rule that was broken first.
    mutating func run(_ events: Int) -> String? {
        for _ in 0..<events {
            step()
            if let broken = broken ?? dependsOnOrder() { return broken }
        }
        return drain()
    }

    private mutating func step() {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<8: insert(into: Int.random(in: 0..<farm.builds.count, using: &random))
        case 8..<34: claim()
        case 34..<60: report(randomEnd())
        case 60..<66: report(.failed(.lost))
        case 66..<70: reportLate()
        case 70..<78: cancel()
        case 78..<88: retry()
        case 88..<93: pauseOrResume()
        case 93..<96: tell("time passes") { $0.endDelays() }
        case 96..<97: tell("reboot") { $0.reboot() }
        default: collect()
        }
    }

    private mutating func tell(_ what: @autoclosure () -> String, _ body: (inout FarmValue) -> Void) {
        if keepsLog { log.append(what()) }
        body(&farm)
    }

    private mutating func pick(_ jobs: [Int]) -> Int? { jobs.randomElement(using: &random) }

    private mutating func insert(into build: Int) {
        guard !farm.collected.contains(build), farm.builds[build].count < 7 else { return }
        var needs: [FarmValue.Edge] = []
        for job in farm.builds[build] where random.chance(30) { needs.append(.init(job: job, isOptional: random.chance(25))) }
        let number = farm.jobs.count
        tell("insert \(number) needing \(needs)") { $0.insert(into: build, needs: needs) }
        verdicts.note(number, .pending)
    }

    private mutating func claim() {
        guard let job = pick(farm.present.filter { farm.queue($0) == .ready }) else { return }
        tell("claim \(job)") { $0.claim(job) }
        verdicts.note(job, .running)
    }

    private mutating func randomEnd() -> AttemptEnd {
        switch Int.random(in: 0..<8, using: &random) {
        case 0..<4: .success
        case 4: .abandoned
        case 5: .cancelled
        case 6: .repeated
        default: .failed(FailureClass.allCases.randomElement(using: &random) ?? .build)
        }
    }

    private mutating func report(_ end: AttemptEnd) {
        guard let job = pick(farm.present.filter { farm.jobs[$0].state == .running }) else { return }
        let before = farm.jobs[job]
        tell("report \(job) \(end)") { $0.report(job, attempt: before.attempts, end) }
        verdicts.note(job, before.isCancelling ? .cancelled : verdict(end, before, farm.jobs[job]))
    }

    /// What a report comes to, said without the transitions.
    private func verdict(_ end: AttemptEnd, _ before: FarmValue.Job, _ after: FarmValue.Job) -> JobState {
        switch end {
        case .success: return .success
        case .cancelled: return .cancelled
        case .abandoned, .repeated: return .pending
        case .failed(let failure):
            guard failure == .lost || failure == .infrastructure else { return .failed }
            let boot = "\(farm.boot)"
            let lost = PastFailure(failure: .lost, bootIdentifier: boot)
            let isPoison = failure == .lost && before.boot == farm.boot && before.failures.suffix(2) == [lost, lost]
            // How many other tries there are depends on boots; that they end is looked at elsewhere.
            return isPoison ? .failed : before.failures.count < FarmValue.policy.attempts - 1 ? .pending : after.state
        }
    }

    /// Who does not own the running attempt changes nothing.
    private mutating func reportLate() {
        guard let job = pick(farm.present.filter { farm.jobs[$0].attempts > 0 }) else { return }
        let attempt = farm.jobs[job].state == .running ? farm.jobs[job].attempts - 1 : farm.jobs[job].attempts
        tell("late report \(job)") { $0.report(job, attempt: attempt, .success) }
    }

    private mutating func cancel() {
        guard let job = pick(farm.present) else { return }
        let isWhole = random.chance(30)
        let build = farm.jobs[job].build
        let open = (isWhole ? farm.builds[build] : [job]).filter { farm.jobs[$0].state == .pending }
        tell("cancel \(isWhole ? "build \(build)" : "\(job)")") { if isWhole { $0.cancel(build: build) } else { $0.cancel(job) } }
        if isWhole, !farm.isEnded(build: build) { cancelling.insert(build) }
        for job in open { verdicts.note(job, .cancelled) }
    }

    private mutating func retry() {
        let failed = farm.present.filter { farm.jobs[$0].state == .failed || farm.jobs[$0].state == .cancelled }
        guard let job = random.chance(80) ? pick(failed) : pick(farm.present) else { return }
        let build = farm.jobs[job].build
        var revived: [Int]?
        cancelling = cancelling.filter { !farm.isEnded(build: $0) }
        if random.chance(30) {
            tell("retry build \(build)") { revived = $0.retry(build: build) }
        } else {
            tell("retry \(job)") { revived = $0.retry(job) }
        }
        isRetriedEarly = revived != nil && cancelling.contains(build)
        for job in revived ?? [] { verdicts.note(job, .pending) }
    }

    private mutating func pauseOrResume() {
        let build = Int.random(in: 0..<farm.builds.count, using: &random)
        if random.chance(40) { tell("pause \(build)") { $0.pause(build) } } else { tell("resume \(build)") { $0.resume(build) } }
    }

    private mutating func collect() {
        let ended = farm.builds.indices.filter { farm.isEnded(build: $0) }
        tell("gc of \(ended)") { $0.collect(ended) }
    }

    // MARK: The rules

    private var broken: String? {
        if isRetriedEarly { return "a job was retried while its build was being cancelled" }
        let states = verdicts.states(farm)
        for number in farm.present {
            let job = farm.jobs[number]
            if job.state != states[number] { return "\(number) is \(job.state), and \(states[number]) by what happened" }
            if job.state == .pending, job.waiting != job.needs.count(where: { !states[$0.job].isTerminal }) {
                return "\(number) waits for \(job.waiting) needs"
            }
            if job.isCancelling && job.state != .running { return "\(number) is \(job.state) and being cancelled" }
            let hasRun = job.state == .running || job.state == .success
            if hasRun, job.needs.contains(where: { !$0.isOptional && states[$0.job] != .success }) {
                return "\(number) is \(job.state) without what it needs"
            }
            if job.failures.count(where: { $0.failure != .lost }) > FarmValue.policy.attempts { return "\(number) failed too often" }
        }
        return nil
    }

    /// Everything comes to an end once nobody interferes.
    private mutating func drain() -> String? {
        for build in farm.builds.indices { farm.resume(build) }
        for _ in 0..<1_000 {
            farm.endDelays()
            claim()
            report(random.chance(80) ? .success : .failed(.lost))
            if let broken { return broken }
            if farm.present.allSatisfy({ farm.jobs[$0].state.isTerminal }) { return nil }
        }
        return "jobs that never end"
    }

    /// Two reports of different jobs come to the same in either order; asked now and then.
    private mutating func dependsOnOrder() -> String? {
        let running = farm.present.filter { farm.jobs[$0].state == .running }
        guard running.count >= 2, random.chance(5) else { return nil }
        let ends: [AttemptEnd] = [.success, .failed(.build), .failed(.lost), .abandoned]
        for first in ends {
            for second in ends {
                var (one, other) = (farm, farm)
                one.report(running[0], attempt: farm.jobs[running[0]].attempts, first)
                one.report(running[1], attempt: farm.jobs[running[1]].attempts, second)
                other.report(running[1], attempt: farm.jobs[running[1]].attempts, second)
                other.report(running[0], attempt: farm.jobs[running[0]].attempts, first)
                let isSame = farm.present.allSatisfy { one.jobs[$0].state == other.jobs[$0].state }
                if !isSame { return "\(running[0]) \(first) and \(running[1]) \(second) depend on their order" }
            }
        }
        return nil
    }
}
