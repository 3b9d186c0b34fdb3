import FarmModel
import Testing

/// The one rule of what may start where, code by code and pair by pair.
@Suite struct DispatchTests {
    private static let here = (job: JobID(7), build: BuildID(3))
    private static let anything = Requirement(architecture: .native, labels: [])

    private static func job(_ gate: DispatchJob.Gate = .open, labels: [String] = []) -> DispatchJob {
        DispatchJob(gate: gate, requirement: Requirement(architecture: .native, labels: labels), place: here)
    }

    private static func runner(_ change: (inout DispatchRunner) -> Void = { _ in }) -> DispatchRunner {
        var runner = DispatchRunner(abilities: RunnerAbilities(), slots: 2)
        change(&runner)
        return runner
    }

    /// What has to be so that a code holds: changes to a job that could start, on one runner.
    struct Cause: Sendable, CustomStringConvertible {
        let code: WaitCode
        var gate: DispatchJob.Gate?
        var labels: [String] = []
        var hasRunner = true
        var change: @Sendable (inout DispatchRunner) -> Void = { _ in }

        var description: String { code.rawValue }
    }

    static let causes = [
        Cause(code: .cancelling, gate: .cancelling),
        Cause(code: .recovering, gate: .recovering),
        Cause(code: .starting, gate: .starting),
        Cause(code: .dependency, gate: .dependency),
        Cause(code: .shared, gate: .shared),
        Cause(code: .paused, gate: .paused),
        Cause(code: .notBefore, gate: .notBefore),
        Cause(code: .backoff, gate: .backoff),
        Cause(code: .noRunner, hasRunner: false),
        Cause(code: .notSelected) { $0.abilities.selection = Selection(builds: [BuildID(99)]) },
        Cause(code: .unsatisfiable, labels: ["gpu"]),
        Cause(code: .backendOffline) { $0.isOffline = true },
        Cause(code: .backendDrained) { $0.isDraining = true },
        Cause(code: .breakerOpen) { $0.isBroken = true },
        Cause(code: .backendFull) { $0.running = $0.slots },
        Cause(code: .pressure) { $0.isPressed = true },
    ]

    private static func codes(_ causes: [Cause]) -> [WaitCode] {
        let gate = causes.compactMap(\.gate).first ?? .open
        let runners = causes.allSatisfy(\.hasRunner) ? [runner { runner in for cause in causes { cause.change(&runner) } }] : []
        return Dispatch.codes(job(gate, labels: causes.flatMap(\.labels)), on: runners)
    }

    @Test func thereIsACauseForEveryCode() { #expect(Set(Self.causes.map(\.code)) == Set(WaitCode.allCases)) }

    @Test(arguments: causes) func oneCauseGivesItsCode(_ cause: Cause) { #expect(Self.codes([cause]) == [cause.code]) }

    @Test func withoutACauseItStarts() { #expect(Self.codes([]).isEmpty) }

    @Test func aJobAtWorkWaitsForNothing() { #expect(Dispatch.codes(Self.job(.running), on: []).isEmpty) }

    /// What is said of an attempt, whatever runners there are.
    private static let ofAttempts: Set<WaitCode> = [.cancelling, .recovering, .starting]

    /// A runner that could never take the job hides what else is the matter with that runner.
    private static func isHidden(_ code: WaitCode, by other: WaitCode) -> Bool {
        let ofOneRunner: Set<WaitCode> = [.backendOffline, .backendDrained, .breakerOpen, .backendFull, .pressure]
        switch other {
        case .noRunner: return ofOneRunner.contains(code) || code == .notSelected || code == .unsatisfiable
        case .notSelected: return ofOneRunner.contains(code) || code == .unsatisfiable
        case .unsatisfiable: return ofOneRunner.contains(code)
        default: return false
        }
    }

    @Test(arguments: causes, causes) func ofTwoCausesTheFirstIsPrimaryAndTheOtherSecondary(_ one: Cause, _ two: Cause) {
        // A job has one gate.
        guard one.code < two.code, one.gate == nil || two.gate == nil else { return }
        let codes = Self.codes([one, two])
        if let alone = [one.code, two.code].first(where: Self.ofAttempts.contains) {
            #expect(codes == [alone])
        } else if Self.isHidden(two.code, by: one.code) {
            #expect(codes == [one.code])
        } else {
            #expect(codes == [one.code, two.code])
        }
    }

    @Test func pausingEverythingHoldsEachJob() {
        #expect(Dispatch.codes(Self.job(), on: [Self.runner()], isFarmPaused: true) == [.paused])
        #expect(Dispatch.codes(Self.job(.dependency), on: [Self.runner()], isFarmPaused: true) == [.dependency, .paused])
    }

    @Test func aPausedRunnerHoldsOnlyItself() {
        let paused = Self.runner { $0.isPaused = true }
        #expect(Dispatch.codes(Self.job(), on: [paused]) == [.paused])
        #expect(Dispatch.codes(Self.job(), on: [paused, Self.runner()]).isEmpty)
    }

    @Test func theNearestRunnerDecides() {
        let full = Self.runner { $0.running = 2 }
        let drained = Self.runner { $0.isDraining = true }
        let other = Self.runner { $0.abilities.selection = Selection(jobs: [JobID(1)]) }
        let incapable = DispatchRunner(abilities: RunnerAbilities(architectures: []), slots: 1)
        for runners in [[full, drained, other, incapable], [incapable, other, drained, full]] {
            #expect(Dispatch.codes(Self.job(), on: runners) == [.backendFull])
        }
        #expect(Dispatch.codes(Self.job(), on: [other, incapable]) == [.unsatisfiable])
        #expect(Dispatch.codes(Self.job(), on: [other, drained]) == [.backendDrained])
    }

    @Test func aSelectionTakesJobsAndBuilds() {
        let byJob = Self.runner { $0.abilities.selection = Selection(jobs: [JobID(7)]) }
        let byBuild = Self.runner { $0.abilities.selection = Selection(builds: [BuildID(3)]) }
        for runner in [byJob, byBuild] { #expect(Dispatch.codes(Self.job(), on: [runner]).isEmpty) }
    }

    @Test func noarchRunsEverywhere() {
        let requirement = Requirement(architecture: .noarch, labels: [])
        let runner = DispatchRunner(abilities: RunnerAbilities(architectures: []), slots: 1)
        #expect(Dispatch.codes(DispatchJob(gate: .open, requirement: requirement), on: [runner]).isEmpty)
    }

    @Test func abilitiesSurviveTheirRecord() throws {
        let riscv = try #require(Architecture("riscv64"))
        for abilities in [
            RunnerAbilities(), RunnerAbilities(architectures: [.native, riscv], labels: ["gpu", "disk=ssd"]),
            RunnerAbilities(selection: Selection(builds: [BuildID(5)], jobs: [JobID(6)])), RunnerAbilities(selection: Selection()),
        ] {
            #expect(RunnerAbilities(json: abilities.json) == abilities)
        }
    }

    @Test(arguments: WaitCode.allCases) func eachCodeHasItsWords(_ code: WaitCode) {
        var facts = WaitFacts(job: JobID(7), build: BuildID(3))
        facts.needs = [WaitFacts.Need(job: JobID(8), name: "zlib", state: .pending)]
        facts.needCount = 1
        facts.missing = ["label gpu"]
        facts.pressure = [PressureFact(resource: .memory, value: 34, limit: 10)]
        facts.dueMilliseconds = 61_000
        facts.load = (2, 2)
        facts.ahead = 3
        let reason = WaitReason(code, facts, now: 1000)
        #expect(!reason.short.isEmpty && reason.short.utf8.count < 60)
        #expect(!reason.sentence.isEmpty && !reason.sentence.hasSuffix("."))
        let silent: Set<WaitCode> = [.cancelling, .notBefore]
        #expect((reason.next == nil) == silent.contains(code))
    }

    @Test func theWordsCarryTheFacts() {
        var facts = WaitFacts(job: JobID(7), build: BuildID(3))
        facts.needs = ["a", "b", "c", "d"].map { WaitFacts.Need(job: JobID(8), name: $0, state: .pending) }
        facts.needCount = 9
        facts.dueMilliseconds = 61_000
        facts.load = (2, 2)
        facts.ahead = 3
        facts.missing = ["arch riscv64", "label gpu"]
        facts.pressure = [PressureFact(resource: .disk, value: 1_048_576, limit: 1_073_741_824)]
        #expect(WaitReason(.dependency, facts, now: 0).short == "needs a, b, c and 6 more")
        #expect(WaitReason(.backoff, facts, now: 1000).short == "tried again in 1m")
        #expect(WaitReason(.backendFull, facts, now: 0).short == "2 of 2 slots busy; 3 before it")
        #expect(WaitReason(.unsatisfiable, facts, now: 0).next == "bf-run --arch riscv64 --label gpu")
        #expect(WaitReason(.pressure, facts, now: 0).sentence == "the machine is short: disk 1MiB (at least 1GiB)")
    }
}
