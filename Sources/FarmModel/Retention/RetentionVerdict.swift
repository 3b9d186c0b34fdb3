/// What a retention policy says of one thing, and why.
public enum RetentionVerdict: Sendable, Equatable {
    /// It goes; the reason is one phrase for people.
    case removed(String)
    /// It stays; the reason is one phrase for people.
    case kept(String)

    /// True for what goes.
    public var isRemoved: Bool {
        if case .removed = self { return true }
        return false
    }
}

/// What decides about a build, apart from the policy.
public struct BuildFacts: Sendable, Equatable {
    /// Its state.
    public var state: BuildState
    /// When it ended, in milliseconds since 1970; nil for one that has not, or was revived.
    public var endedMilliseconds: Int64?
    /// Who pinned it, until when and why, as a phrase; nil if nobody did.
    public var pin: String?
    /// True if it has one of the counted newest results of a package.
    public var isAmongNewest: Bool

    /// Creates facts.
    public init(state: BuildState, endedMilliseconds: Int64?, pin: String? = nil, isAmongNewest: Bool = false) {
        self.state = state
        self.endedMilliseconds = endedMilliseconds
        self.pin = pin
        self.isAmongNewest = isAmongNewest
    }
}

extension RetentionPolicy {
    /// How many of the newest good results of a package keep their builds: a good tree other than the newest needs its build to be found.
    public var goodResultsKept: Int { artifactsKept > 1 ? max(buildsKept, artifactsKept) : buildsKept }

    /// Decides about a build with all that belongs to it.
    /// - Parameter now: Milliseconds since 1970; nil if the clock is not believed, and then nothing is old.
    public func verdict(onBuild facts: BuildFacts, now: Int64?) -> RetentionVerdict {
        verdict(facts, after: builds, isCounted: true, now: now)
    }

    /// Decides about the logs of a build that stays.
    public func verdict(onLogsOf facts: BuildFacts, now: Int64?) -> RetentionVerdict {
        verdict(facts, after: logs, isCounted: false, now: now)
    }

    /// Decides about the artifacts of a build that stays, except those that are among the newest of their packages.
    public func verdict(onArtifactsOf facts: BuildFacts, now: Int64?) -> RetentionVerdict {
        verdict(facts, after: artifacts, isCounted: false, now: now)
    }

    /// Decides about a build in a store that is too large.
    public func verdict(onBuildInTheWay facts: BuildFacts) -> RetentionVerdict {
        if let reason = protection(of: facts, isCounted: true) { return .kept(reason) }
        return .removed("the store is larger than \(SizeText.text(bytes: size ?? 0))")
    }

    private func verdict(_ facts: BuildFacts, after ages: Ages, isCounted: Bool, now: Int64?) -> RetentionVerdict {
        if let reason = protection(of: facts, isCounted: false) { return .kept(reason) }
        guard let age = ages.age(of: facts.state) else { return .kept("kept for ever") }
        guard let now, let ended = facts.endedMilliseconds else { return .kept("the clock cannot be believed") }
        let text = DurationText.text(milliseconds: age)
        guard ended < now - age else { return .kept("\(Self.phrase(facts.state)) less than \(text) ago") }
        if let reason = protection(of: facts, isCounted: isCounted) { return .kept(reason) }
        return .removed(Self.phrase(facts.state) + (age > 0 ? " more than \(text) ago" : ""))
    }

    private func protection(of facts: BuildFacts, isCounted: Bool) -> String? {
        if !facts.state.isTerminal || facts.endedMilliseconds == nil { return "it has not ended" }
        if let pin = facts.pin { return pin }
        return isCounted && facts.isAmongNewest ? "it has one of the newest results of a package" : nil
    }

    private static func phrase(_ state: BuildState) -> String {
        switch state {
        case .success: "succeeded"
        case .failed: "failed"
        case .partial: "failed in part"
        case .cancelled: "was cancelled"
        case .pending, .running: "has not ended"
        }
    }

    /// Decides about something that is not used by anyone now, by its last use.
    /// - Parameter verb: What was done to it last, for instance `used`.
    public static func verdict(lastUse: Int64, age: Int64?, verb: String, now: Int64?) -> RetentionVerdict {
        guard let age else { return .kept("kept for ever") }
        guard age > 0 else { return .removed("not \(verb) any more") }
        guard let now else { return .kept("the clock cannot be believed") }
        let text = DurationText.text(milliseconds: age)
        return lastUse < now - age ? .removed("not \(verb) for more than \(text)") : .kept("\(verb) less than \(text) ago")
    }
}
