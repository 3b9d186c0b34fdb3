public import FarmModel

/// Why a plan failed.
public struct ExecutionFailure: Error, Sendable, Equatable {
    /// The kind of failure.
    public var failure: FailureClass
    /// One line for people.
    public var message: String
    /// The exit code of the command that decided.
    public var exitCode: Int?
    /// The signal that ended it.
    public var signal: Int?

    /// A failure without a command that decided it.
    public init(_ failure: FailureClass, _ message: String) {
        self.failure = failure
        self.message = message
    }
}

/// How a plan ended.
public struct ExecutionOutcome: Sendable, Equatable {
    /// What it came to.
    public enum Result: Sendable, Equatable {
        /// All phases that had to succeed did.
        case success
        /// It failed.
        case failed(ExecutionFailure)
        /// It was stopped from outside.
        case stopped(StopRequest.Reason)
    }

    /// What it came to.
    public var result: Result
    /// Every phase of the plan, in order.
    public var phases: [PhaseRecord]
    /// The most memory that all processes had together, in bytes, where a control group counted it.
    public var peakMemoryBytes: Int64?
    /// The bytes that all processes read from disks and wrote to them, where a control group counted them.
    public var transfer: DiskTransfer?

    /// The facts `phases`, `log_clipped` and `usage` of an attempt's record.
    public var facts: JSONObject {
        var object: JSONObject = ["phases": .array(phases.map { .object($0.json) })]
        object.addIfTrue("log_clipped", phases.contains(where: \.isLogClipped))
        var usage = JSONObject()
        usage.add("peak_memory_bytes", peakMemoryBytes)
        usage.add("read_bytes", transfer?.readBytes)
        usage.add("written_bytes", transfer?.writtenBytes)
        if !usage.members.isEmpty { object.add("usage", .object(usage)) }
        return object
    }
}

/// What became of one phase.
public struct PhaseRecord: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Why it did not run; nil if it did.
    public var skipped: String?
    /// When it began, in milliseconds since the attempt's start.
    public var startMilliseconds: Int64?
    /// How long it ran.
    public var durationMilliseconds: Int64?
    /// Its exit code, if it ended by itself.
    public var exitCode: Int?
    /// The signal that ended it.
    public var signal: Int?
    /// Why it failed; nil if it did not.
    public var failure: FailureClass?
    /// CPU time outside the kernel, of all its processes.
    public var userMilliseconds: Int64?
    /// CPU time inside the kernel.
    public var systemMilliseconds: Int64?

    /// Something of what it printed was lost on another machine.
    public var isLogClipped = false

    /// A phase of which nothing is known yet.
    public init(name: String) { self.name = name }

    /// The record as it stands in an attempt's facts.
    public var json: JSONObject {
        var object: JSONObject = ["name": .string(name)]
        object.add("skipped", skipped)
        object.add("start_ms", startMilliseconds)
        object.add("duration_ms", durationMilliseconds)
        object.add("exit_code", exitCode.map { Int64($0) })
        object.add("signal", signal.map { Int64($0) })
        object.add("class", failure?.rawValue)
        object.addIfTrue("log_clipped", isLogClipped)
        object.add("user_ms", userMilliseconds)
        object.add("system_ms", systemMilliseconds)
        return object
    }
}
