import FarmModel
import Testing

@testable import Diagnosis

/// What the farm says of its backends to whoever looks after it.
@Suite struct PoolChecksTests {
    private static let day: Int64 = 86_400_000
    private let now = Moment(wallMilliseconds: 100 * day, bootMilliseconds: 1_000, bootIdentifier: "boot")

    private func backend(_ name: String, _ change: (inout BackendStatus) -> Void = { _ in }) -> BackendStatus {
        var status = BackendStatus(BackendRecord(address: "tcp://\(name):1", architecture: "x86_64"), pool: BackendPool())
        change(&status)
        return status
    }

    private func checks(_ backends: [BackendStatus]) -> [CheckRecord] { PoolFacts(backends: backends, now: now).checks }

    private func drained(days: Int64) -> BackendStatus {
        backend("drained") {
            $0.drain = ["since": .string(Timestamp.format(milliseconds: 100 * Self.day - days * Self.day)), "by": "eve", "reason": "disk"]
        }
    }

    private var offline: BackendStatus {
        backend("offline") {
            $0.health.offlineSinceMilliseconds = 100 * Self.day - 60_000
            $0.health.error = "nobody answers"
        }
    }

    @Test func nothingToSay() {
        #expect(checks([]).map(\.verdict) == [.absent])
        #expect(checks([backend("a"), backend("b")]).map(\.found) == ["2 backends"])
        // Somebody is at it.
        #expect(checks([backend("a"), drained(days: 0)]).map(\.verdict) == [.ok])
    }

    @Test func oneThatIsOffline() {
        let check = checks([backend("a"), offline]).first
        #expect(check?.name == "backend tcp://offline:1")
        #expect(check?.verdict == .warning)
        #expect(check?.found == "offline for 1m: nobody answers")
        #expect(check?.remedy?.contains("bf-run backend probe tcp://offline:1") == true)
        // Without another one jobs wait.
        #expect(checks([offline]).map(\.verdict) == [.problem])
    }

    @Test func oneThatIsDrainedForLong() {
        let check = checks([backend("a"), drained(days: 3)]).first
        #expect(check?.found == "drained by eve for 3d: disk")
        #expect(check?.remedy?.hasPrefix("run bf-run backend resume tcp://drained:1") == true)
    }

    @Test func oneThatRests() {
        let resting = backend("resting") { status in
            for number in 1...3 {
                status.breaker.start(AttemptID(Int64(number)), now)
                status.breaker.end(AttemptID(Int64(number)), .failed, error: "it broke", now, pool: BackendPool())
            }
        }
        let check = checks([resting]).first
        #expect(check?.verdict == .problem)
        #expect(check?.found == "it rests after 3 failures in a row, the last: it broke")
    }

    @Test func adviceOfTheProbe() {
        let advised = backend("a") {
            $0.health.version = "buildkit 0.12"
            $0.health.advice = ["set this", "mend that"]
        }
        #expect(checks([advised]) == [CheckRecord("backend tcp://a:1", .warning, "buildkit 0.12", remedy: "set this; mend that")])
    }
}
