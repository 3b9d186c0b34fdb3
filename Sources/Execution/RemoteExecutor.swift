public import FarmModel

/// Names a run on machines that several farms may share.
public struct RunName: Sendable, Hashable {
    /// Tells the farm from others, in letters and digits.
    public var farm: String
    /// The attempt.
    public var attempt: AttemptID
    /// The runner that has it.
    public var runner: RunnerID

    /// Names a run.
    public init(farm: String, attempt: AttemptID, runner: RunnerID) {
        self.farm = farm
        self.attempt = attempt
        self.runner = runner
    }
}

/// An executor that uses another machine, or a daemon that outlives the runner. What it started carries its ``RunName``.
public protocol RemoteExecutor: Executor {
    /// Asks the daemon what it is and can do.
    /// - Parameter deadline: when to give up, in `Clock.boottimeMilliseconds`.
    /// - Throws: `infrastructure`, in one line that says what does not answer and what to look at.
    func probe(until deadline: Int64) throws(ExecutionFailure) -> BackendFacts

    /// What identifies the content of an image, fetching what is needed for that.
    /// - Parameters:
    ///   - reference: name, with tag or digest.
    ///   - architecture: what runs in it, if the image is for several.
    ///   - deadline: when to give up, in `Clock.boottimeMilliseconds`.
    ///   - stop: gives up at once.
    /// - Returns: nil if the daemon does not tell.
    /// - Throws: `badInput` if there is no such image, `infrastructure` if nobody can tell now.
    func digest(
        ofImage reference: String, for architecture: Architecture, until deadline: Int64, stop: StopRequest
    ) throws(ExecutionFailure) -> String?

    /// The attempts of a farm of which something is on the daemon, running or not.
    /// - Throws: `infrastructure` if that cannot be known now.
    func attempts(ofFarm farm: String, until deadline: Int64) throws(ExecutionFailure) -> [AttemptID]

    /// Ends everything that a run of a dead runner left on the daemon. When it returns the daemon has confirmed that nothing of it lives.
    /// - Throws: `infrastructure` if that cannot be known now.
    func endLeftovers(of run: RunName, until deadline: Int64) throws(ExecutionFailure)

    /// Waits until what ended runs used on the daemon is removed; until then that goes on beside the next runs.
    func settle(until deadline: Int64)
}

/// What a daemon tells of itself.
public struct BackendFacts: Sendable, Equatable {
    /// Its name and version, for instance `dockerd 20.10.24`.
    public var version: String
    /// The architectures it runs natively first, then those it emulates.
    public var architectures: [Architecture]
    /// What it can do and others of its kind may not, in words of the executor, for instance `mergeop`; sorted.
    public var abilities: [String]
    /// What its disk holds and may hold, and other figures, as they go into records.
    public var figures: JSONObject
    /// What is worth changing on the daemon, a sentence each.
    public var advice: [String]

    /// Describes a daemon.
    public init(version: String, architectures: [Architecture] = [], abilities: [String] = []) {
        self.version = version
        self.architectures = architectures
        self.abilities = abilities
        figures = JSONObject()
        advice = []
    }
}

extension RemoteExecutor {
    /// Nothing of an attempt outlives it there.
    public func attempts(ofFarm farm: String, until deadline: Int64) throws(ExecutionFailure) -> [AttemptID] { [] }

    /// Nothing is left to be removed when a run returns.
    public func settle(until deadline: Int64) {}

    /// The daemon does not tell.
    public func digest(
        ofImage reference: String, for architecture: Architecture, until deadline: Int64, stop: StopRequest
    ) throws(ExecutionFailure) -> String? { nil }
}
