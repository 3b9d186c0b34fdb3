import FarmModel
import FarmStore

/// What lies between the slots and the store while jobs are short: claims that were taken ahead, and ends that are still to be stored. So many
/// short jobs share one transaction.
///
/// Nobody is kept waiting for long: ends are stored after ``patienceMilliseconds``, and what was claimed ahead and found no slot meanwhile goes
/// back to the queue. A job whose end was not stored when its runner died is run again, as if it had died in the middle.
struct Backlog {
    /// The longest time that anything stays here, in milliseconds.
    static let patienceMilliseconds: Int64 = 20

    private var claims: [Claim] = []
    private var ended: [AttemptReport] = []
    private var pace = ClaimPace()
    /// When the oldest of what is here came; nil if nothing is.
    private var since: Int64?

    var isEmpty: Bool { claims.isEmpty && ended.isEmpty }

    /// When something has been here too long, by the boot clock in milliseconds.
    var due: Int64? { isEmpty ? nil : since.map { $0 + Self.patienceMilliseconds } }

    /// How many jobs to claim beside the one that is wanted at once.
    var ahead: Int { pace.ahead }

    /// Takes note of how long an attempt took.
    mutating func note(milliseconds: Int64) { pace.note(milliseconds: milliseconds) }

    /// Puts off storing an end for which there is a next job; nil if there is none, and then the end is to be stored now.
    mutating func exchange(_ end: AttemptReport, now: Int64) -> Claim? {
        guard let next = takeClaim() else { return nil }
        since = since ?? now
        ended.append(end)
        return next
    }

    /// Keeps claims for which no slot is free at the moment.
    mutating func put(_ more: some Sequence<Claim>, now: Int64) {
        since = isEmpty ? now : since
        claims += more
    }

    /// Puts ends back that could not be stored.
    mutating func putBack(_ ends: [AttemptReport], now: Int64) {
        ended = ends + ended
        since = now
    }

    mutating func takeClaim() -> Claim? { claims.isEmpty ? nil : claims.removeFirst() }

    /// All ends, to be stored.
    mutating func takeEnded() -> [AttemptReport] {
        defer { ended.removeAll(keepingCapacity: true) }
        if claims.isEmpty { since = nil }
        return ended
    }

    /// Gives all claims up, as ends that are to be stored.
    mutating func abandonClaims() {
        ended += claims.map { Self.end($0, .abandoned) }
        claims.removeAll()
    }

    /// Ends a claim that nobody has begun with; false if it is not here.
    mutating func cancel(_ attempt: AttemptID) -> Bool {
        guard let index = claims.firstIndex(where: { $0.attempt == attempt }) else { return false }
        ended.append(Self.end(claims.remove(at: index), .cancelled))
        return true
    }

    private static func end(_ claim: Claim, _ result: AttemptReport.Result) -> AttemptReport {
        AttemptReport(attempt: claim.attempt, token: claim.token, result: result)
    }
}

/// How many jobs are worth claiming ahead, by how long the latest ones took.
struct ClaimPace {
    /// Jobs of this length and longer are claimed one by one: then a transaction each costs little.
    private static let shortMilliseconds = 10.0
    /// What is claimed ahead shall be begun within this time.
    private static let spanMilliseconds = 15.0
    private static let most = 20.0
    /// One long job is soon forgotten.
    private static let longestMilliseconds: Int64 = 500
    private static let weight = 0.25

    private var mean = 100.0

    mutating func note(milliseconds: Int64) {
        mean += Self.weight * (Double(min(max(0, milliseconds), Self.longestMilliseconds)) - mean)
    }

    var ahead: Int { mean < Self.shortMilliseconds ? Int(min(Self.most, Self.spanMilliseconds / (mean + 0.5))) : 0 }
}
