/// One reason why a job does not run: what people read, what programs read, and what to type next.
public struct WaitReason: Sendable, Equatable {
    /// The code.
    public var code: WaitCode
    /// A few words, for a table.
    public var short: String
    /// One sentence without a full stop.
    public var sentence: String
    /// The command that shows more of it or ends it; nil where only time helps.
    public var next: String?
    /// The facts that belong to the code, for records.
    public var facts: JSONObject

    /// Repeats a reason.
    public init(code: WaitCode, short: String, sentence: String, next: String?, facts: JSONObject) {
        self.code = code
        self.short = short
        self.sentence = sentence
        self.next = next
        self.facts = facts
    }

    /// Puts facts into words.
    /// - Parameter now: In milliseconds since 1970.
    public init(_ code: WaitCode, _ facts: WaitFacts, now: Int64) {
        self.code = code
        let words = WaitWords(facts: facts, now: now)
        (short, sentence, next) = words.of(code)
        self.facts = facts.json(for: code)
    }
}

/// The words for each code.
private struct WaitWords {
    let facts: WaitFacts
    let now: Int64

    func of(_ code: WaitCode) -> (short: String, sentence: String, next: String?) {
        switch code {
        case .dependency, .shared, .cancelling, .recovering, .starting: ofJobs(code)
        case .paused, .notBefore, .backoff, .pressure: ofTimes(code)
        default: ofRunners(code)
        }
    }

    private func ofJobs(_ code: WaitCode) -> (String, String, String?) {
        let job = facts.job
        switch code {
        case .dependency:
            let next = facts.needs.first.map { $0.state == .running ? "bf-logs -f \($0.job)" : "bf-status --why \($0.job)" }
            return ("needs \(needs)", "it needs \(needs), which \(facts.needCount == 1 ? "has" : "have") not ended", next)
        case .shared:
            let twin = facts.twin.map(\.description) ?? "another job"
            return ("same as \(twin)", "\(twin) is the same job and runs already: this one takes its result", "bf-logs -f \(job)")
        case .cancelling:
            return (
                "is being cancelled", "a cancel was asked for\(since(facts.cancelledMilliseconds)); it ends when its processes have", nil
            )
        case .recovering:
            return (
                "its runner is gone",
                "the runner \(runners) is gone; another one takes over when it has made sure that nothing of the job lives",
                "bf-run"
            )
        default: return ("is being started", "nothing stands against it: it is being started", "bf-logs -f \(job)")
        }
    }

    private func ofTimes(_ code: WaitCode) -> (String, String, String?) {
        switch code {
        case .paused:
            let what = facts.paused ?? "all"
            let who = facts.pause?["by"]?.string.map { " by \($0)" } ?? ""
            let time = facts.pause?["since"]?.string.map { " since \($0)" } ?? ""
            let why = facts.pause?["reason"]?.string.map { ": \($0)" } ?? ""
            return ("paused\(who)", "\(what == "all" ? "everything" : what) is paused\(who)\(time)\(why)", "bf-run resume \(what)")
        case .notBefore:
            return ("not before \(rest)", "its submitter let it start no earlier than \(due), in \(rest)", nil)
        case .backoff:
            let failure = facts.failure.map { ", class \($0.rawValue)" } ?? ""
            return (
                "tried again in \(rest)", "attempt \(facts.attempts) failed\(failure); it is tried again in \(rest)", "bf-logs \(facts.job)"
            )
        default:
            let what = facts.pressure.map(\.text).joined(separator: ", ")
            return ("short of \(shortage)", "the machine is short: \(what.isEmpty ? "memory or disk" : what)", "bf-status --doctor")
        }
    }

    private func ofRunners(_ code: WaitCode) -> (String, String, String?) {
        switch code {
        case .noRunner: return ("no runner is at work", "no runner is at work", "bf-run")
        case .notSelected:
            return (
                "no runner takes it", "the runners at work (\(runners)) were told to take other builds and jobs only", "bf-run \(facts.job)"
            )
        case .unsatisfiable:
            let missing = facts.missing.joined(separator: ", ")
            let cause = facts.missing.contains("environment dockerfile") ? ": Dockerfiles are built by backends of kind buildkit" : ""
            return ("no runner has \(missing)", "no runner or backend at work has \(missing)\(cause)", remedy)
        case .backendOffline: return ("its backend is offline", "what could run it does not answer: \(places)", "bf-status --backends")
        case .backendDrained where !facts.backends.isEmpty:
            return (
                "its backend is drained", "what could run it takes no more jobs: \(places)",
                "bf-run backend resume \(facts.backends[0])"
            )
        case .backendDrained:
            return ("its runner drains", "what could run it takes no more jobs and ends with those it has: \(runners)", "bf-run")
        case .breakerOpen:
            return ("its backend rests", "what could run it failed several times in a row and rests: \(places)", "bf-status --backends")
        default:
            let load = facts.load.map { "\($0.running) of \($0.slots) slots" } ?? "all slots"
            let place = facts.ahead.map { $0 == 0 ? "; it is the next" : "; \($0) before it" } ?? ""
            return ("\(load) busy\(place)", "each runner that could take it has all it can do: \(load)\(place)", "bf-status --queue")
        }
    }

    private var needs: String {
        let names = facts.needs.map(\.name)
        let shown = names.prefix(3).joined(separator: ", ")
        return facts.needCount > 3 ? "\(shown) and \(facts.needCount - 3) more" : shown
    }

    /// Flags for what a runner says of itself; an environment is a matter of backends.
    private var remedy: String {
        if facts.missing.contains("environment dockerfile") { return "bf-run backend add ADDRESS --kind buildkit" }
        if facts.missing.contains("environment image") { return "bf-run backend add ADDRESS --arch NAME" }
        if facts.missing.contains(where: { $0.hasPrefix("environment ") }) { return "bf-run -j 1" }
        return "bf-run " + facts.missing.map { "--\($0)" }.joined(separator: " ")
    }

    private var places: String { facts.backends.isEmpty ? runners : facts.backends.joined(separator: ", ") }

    private var runners: String { facts.runners.map(\.description).joined(separator: ", ") }

    private var shortage: String {
        let names = facts.pressure.map(\.resource.rawValue)
        return names.isEmpty ? "memory or disk" : names.joined(separator: ", ")
    }

    private var due: String { facts.dueMilliseconds.map(Timestamp.format) ?? "a time that is not known" }

    private var rest: String {
        guard let due = facts.dueMilliseconds else { return "a moment" }
        return DurationText.text(milliseconds: max(0, (due - now + 999) / 1000 * 1000))
    }

    private func since(_ time: Int64?) -> String { time.map { " at " + Timestamp.format(milliseconds: $0) } ?? "" }
}
