/// Keeps jobs from a backend that fails again and again: after so many failures of the machine in a row it rests, then one job tries it.
///
/// Builds that fail by themselves say nothing of the machine but that it works. Times are those of the boot clock, and after a boot all
/// is forgotten: the daemons may have started anew as well.
public struct CircuitBreaker: Sendable, Equatable {
    /// Where it stands.
    public enum State: Sendable, Equatable {
        /// Jobs go to the backend.
        case closed
        /// None go, until the rest is over.
        case open(untilMilliseconds: Int64)
        /// One attempt tries it.
        case halfOpen(AttemptID)
    }

    /// What an attempt says of the machine it ran on.
    public enum Verdict: Sendable, Equatable {
        /// It works.
        case works
        /// It failed.
        case failed
        /// Nothing, as the attempt was ended from outside.
        case unknown
    }

    /// Where it stands.
    public private(set) var state = State.closed
    /// How many failures there were in a row.
    public private(set) var failures = 0
    /// What the newest of them was.
    public private(set) var lastError: String?
    /// When that was, in milliseconds since 1970.
    public private(set) var lastFailureMilliseconds: Int64?
    /// The boot in which the times were read.
    private var bootIdentifier = ""

    private static let errorLimit = 1_000

    /// Closed, without any failure.
    public init() {}

    /// Whether a job may go to the backend now.
    public func admits(_ now: Moment) -> Bool {
        switch current(now) {
        case .closed: true
        case .open(let until): now.bootMilliseconds >= until
        case .halfOpen: false
        }
    }

    /// Whether jobs are kept from it, or will be but for one.
    public func isOpen(_ now: Moment) -> Bool { current(now) != .closed }

    /// How long the rest still takes, in milliseconds; nil if it does not rest.
    public func restMilliseconds(_ now: Moment) -> Int64? {
        guard case .open(let until) = current(now) else { return nil }
        return max(0, until - now.bootMilliseconds)
    }

    /// Notes that an attempt was given to the backend.
    public mutating func start(_ attempt: AttemptID, _ now: Moment) {
        if case .open = current(now) { state = .halfOpen(attempt) }
    }

    /// Notes how an attempt ended.
    /// - Parameter error: why it failed, in one line.
    public mutating func end(_ attempt: AttemptID, _ verdict: Verdict, error: String?, _ now: Moment, pool: BackendPool) {
        forget(before: now)
        switch verdict {
        case .works: close()
        case .unknown:
            // The one that tried says nothing: the next may try at once.
            if state == .halfOpen(attempt) { state = .open(untilMilliseconds: now.bootMilliseconds) }
        case .failed:
            failures += 1
            lastError = error.map { String($0.prefix(Self.errorLimit)) }
            lastFailureMilliseconds = now.wallMilliseconds
            bootIdentifier = now.bootIdentifier
            guard failures >= pool.failureThreshold || state == .halfOpen(attempt) else { return }
            state = .open(untilMilliseconds: now.bootMilliseconds + pool.recoveryMilliseconds)
        }
    }

    /// Closes it; what was told of the newest failure stays.
    public mutating func close() {
        state = .closed
        failures = 0
    }

    private func current(_ now: Moment) -> State { bootIdentifier == now.bootIdentifier ? state : .closed }

    private mutating func forget(before now: Moment) {
        if bootIdentifier != now.bootIdentifier { close() }
    }
}

extension CircuitBreaker {
    /// As it is stored.
    public var json: JSONObject {
        var object: JSONObject = ["failures": .int(Int64(failures)), "boot": .string(bootIdentifier)]
        switch state {
        case .closed: break
        case .open(let until): object.add("until_boot_ms", until)
        case .halfOpen(let attempt): object.add("attempt", attempt.description)
        }
        object.add("error", lastError)
        object.add("failed_ms", lastFailureMilliseconds)
        return object
    }

    /// Reads what ``json`` wrote.
    public init(_ object: JSONObject) {
        failures = object["failures"]?.int.map { Int(clamping: $0) } ?? 0
        bootIdentifier = object["boot"]?.string ?? ""
        lastError = object["error"]?.string
        lastFailureMilliseconds = object["failed_ms"]?.int
        if let until = object["until_boot_ms"]?.int { state = .open(untilMilliseconds: until) }
        if let attempt = object["attempt"]?.string.flatMap({ AttemptID($0) }) { state = .halfOpen(attempt) }
    }
}

extension CircuitBreaker.Verdict {
    /// What the end of an attempt says: only the machine's own failures count against it.
    public init(state: AttemptState, failure: FailureClass?) {
        switch (state, failure) {
        case (.success, _): self = .works
        case (.failed, .infrastructure): self = .failed
        case (.failed, .lost), (.failed, .unsatisfiable), (.failed, .badInput), (.failed, nil): self = .unknown
        case (.failed, _): self = .works
        case (.cancelled, _), (.running, _): self = .unknown
        }
    }
}
