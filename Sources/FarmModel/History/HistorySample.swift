/// What statistics need of an ended attempt.
public struct HistorySample: Sendable, Equatable {
    /// The attempt's id.
    public var id: AttemptID
    /// Its package.
    public var name: String
    /// How it ended.
    public var state: AttemptState
    /// Why it failed.
    public var failure: FailureClass?
    /// The runner that had it.
    public var runner: RunnerID
    /// The runner's machine.
    public var host: String?
    /// When it ended, in milliseconds since 1970.
    public var endedMilliseconds: Int64
    /// How long it took; nil where the machine went down meanwhile.
    public var durationMilliseconds: Int64?

    /// Creates a sample.
    public init(
        id: AttemptID, name: String, state: AttemptState, failure: FailureClass? = nil, runner: RunnerID, host: String? = nil,
        endedMilliseconds: Int64, durationMilliseconds: Int64?
    ) {
        self.id = id
        self.name = name
        self.state = state
        self.failure = failure
        self.runner = runner
        self.host = host
        self.endedMilliseconds = endedMilliseconds
        self.durationMilliseconds = durationMilliseconds
    }
}
