import FarmModel
import Testing

@Suite struct RetentionPolicyTests {
    private static let day: Int64 = 86_400_000
    private static let now: Int64 = 1_800_000_000_000

    /// A build, the days since its end, and what happens to it and its contents.
    struct Case: Sendable, CustomStringConvertible {
        var state: BuildState
        var days: Int64?
        var pin: String?
        var isAmongNewest = false
        var build: RetentionVerdict
        var logs: RetentionVerdict
        var description: String { "\(state) \(days.map(String.init) ?? "-") \(pin ?? "") \(isAmongNewest)" }

        var facts: BuildFacts {
            BuildFacts(
                state: state, endedMilliseconds: days.map { now - $0 * day }, pin: pin, isAmongNewest: isAmongNewest)
        }
    }

    private static let policy: RetentionPolicy = {
        var policy = RetentionPolicy()
        policy.builds = .init(success: 10 * day, failed: 20 * day)
        policy.logs = .init(success: 2 * day)
        return policy
    }()

    static let cases: [Case] = [
        Case(state: .running, build: .kept("it has not ended"), logs: .kept("it has not ended")),
        Case(state: .pending, days: 99, build: .kept("it has not ended"), logs: .kept("it has not ended")),
        Case(state: .success, days: nil, build: .kept("it has not ended"), logs: .kept("it has not ended")),
        Case(state: .success, days: 1, build: .kept("succeeded less than 10d ago"), logs: .kept("succeeded less than 2d ago")),
        Case(state: .success, days: 3, build: .kept("succeeded less than 10d ago"), logs: .removed("succeeded more than 2d ago")),
        Case(state: .success, days: 10, build: .kept("succeeded less than 10d ago"), logs: .removed("succeeded more than 2d ago")),
        Case(state: .success, days: 11, build: .removed("succeeded more than 10d ago"), logs: .removed("succeeded more than 2d ago")),
        Case(
            state: .success, days: 11, isAmongNewest: true, build: .kept("it has one of the newest results of a package"),
            logs: .removed("succeeded more than 2d ago")),
        Case(state: .success, days: 11, pin: "pinned by ann", build: .kept("pinned by ann"), logs: .kept("pinned by ann")),
        Case(state: .failed, days: 11, build: .kept("failed less than 20d ago"), logs: .kept("kept for ever")),
        Case(state: .partial, days: 21, build: .removed("failed in part more than 20d ago"), logs: .kept("kept for ever")),
        Case(state: .cancelled, days: 999, build: .kept("kept for ever"), logs: .kept("kept for ever")),
    ]

    @Test(arguments: cases) func verdicts(_ example: Case) {
        #expect(Self.policy.verdict(onBuild: example.facts, now: Self.now) == example.build)
        #expect(Self.policy.verdict(onLogsOf: example.facts, now: Self.now) == example.logs)
    }

    @Test func nothingIsOldByAClockThatIsNotBelieved() {
        for example in Self.cases {
            #expect(!Self.policy.verdict(onBuild: example.facts, now: nil).isRemoved)
            #expect(!Self.policy.verdict(onLogsOf: example.facts, now: nil).isRemoved)
        }
        #expect(!RetentionPolicy.verdict(lastUse: 0, age: 1, verb: "used", now: nil).isRemoved)
    }

    @Test func roomIsMadeOfEverythingThatIsNotProtected() {
        var policy = Self.policy
        policy.size = 1 << 30
        for example in Self.cases {
            let isProtected = !example.state.isTerminal || example.days == nil || example.pin != nil || example.isAmongNewest
            #expect(policy.verdict(onBuildInTheWay: example.facts).isRemoved != isProtected)
        }
    }

    @Test func severalTreesOfAPackageNeedTheirBuilds() {
        var policy = RetentionPolicy()
        (policy.buildsKept, policy.artifactsKept) = (2, 5)
        #expect(policy.goodResultsKept == 5)
        (policy.buildsKept, policy.artifactsKept) = (0, 1)
        #expect(policy.goodResultsKept == 0)
    }

    @Test func cachesGoByTheirLastUse() {
        let week = 7 * Self.day
        #expect(RetentionPolicy.verdict(lastUse: Self.now - week, age: week, verb: "used", now: Self.now) == .kept("used less than 7d ago"))
        #expect(
            RetentionPolicy.verdict(lastUse: Self.now - week - 1, age: week, verb: "used", now: Self.now)
                == .removed("not used for more than 7d"))
        #expect(RetentionPolicy.verdict(lastUse: Self.now, age: 0, verb: "used", now: Self.now) == .removed("not used any more"))
        #expect(RetentionPolicy.verdict(lastUse: 0, age: nil, verb: "used", now: Self.now) == .kept("kept for ever"))
    }
}
