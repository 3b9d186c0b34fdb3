public import FarmModel
public import FarmStore

extension FarmQueries {
    static var requests: [any AnyFarmQuery] { [cancel, retry, retryFailed, pause, resume] }

    /// Asks for the end of a build, a job or an attempt.
    public static let cancel = FarmQuery<RequestOf<Target>, CancelOutcome>("cancel") { farm, request, caller throws(FarmError) in
        try caller.require(request.target, farm)
        return try farm.cancel(request.target, by: caller.name(claimed: request.by), auditor: caller.requester)
    }
    /// Puts a job back into the queue.
    public static let retry = FarmQuery<JobID, [JobID]>("retry") { farm, job, caller throws(FarmError) in
        try caller.require(.job(job), farm)
        return try farm.retry(job, auditor: caller.requester)
    }
    /// Puts all failed and cancelled jobs of a build back into the queue.
    public static let retryFailed = FarmQuery<BuildID, [JobID]>("retry_failed") { farm, build, caller throws(FarmError) in
        try caller.require(.build(build), farm)
        return try farm.retryFailed(of: build, auditor: caller.requester)
    }
    /// Starts nothing more of something.
    public static let pause = FarmQuery<RequestOf<PauseTarget>, NoValue>("pause") { farm, request, caller throws(FarmError) in
        try caller.requireOperator()
        try farm.pause(request.target, by: caller.name(claimed: request.by), reason: request.reason, auditor: caller.requester)
        return NoValue()
    }
    /// Undoes a pause.
    public static let resume = FarmQuery<PauseTarget, NoValue>("resume") { farm, target, caller throws(FarmError) in
        try caller.requireOperator()
        try farm.resume(target, auditor: caller.requester)
        return NoValue()
    }
}

extension QueryCaller {
    /// The name in records: the key's, or where there are no keys what the client says.
    fileprivate func name(claimed: String) -> String { requester?.user ?? claimed }

    func requireOperator() throws(FarmError) {
        guard role < .operate else { return }
        throw FarmError(.noPermission, "this needs the role \(Role.operate.rawValue); the key has \(role.rawValue)")
    }

    /// Whoever may submit may end and repeat what is their own.
    fileprivate func require(_ target: Target, _ farm: any Farm) throws(FarmError) {
        guard role < .operate else { return }
        let build: BuildID? =
            switch target {
            case .build(let build): build
            case .job(let job): try farm.job(job).build
            case .attempt(let attempt): try farm.attempt(attempt).build
            case .runner: nil
            }
        if role == .submit, let build, let owner, try farm.build(build).owner == owner { return }
        throw FarmError(
            .noPermission, "\(target) is not yours: this needs the role \(Role.operate.rawValue), and the key has \(role.rawValue)")
    }
}

/// A request about something.
public struct RequestOf<Subject: WireValue>: WireObject {
    /// What it is about.
    public var target: Subject
    /// Who asks, where there are no keys.
    public var by: String
    /// Why.
    public var reason: String?

    /// Asks for something.
    public init(_ target: Subject, by: String, reason: String? = nil) {
        self.target = target
        self.by = by
        self.reason = reason
    }

    /// `{target, by, reason}`
    public var json: JSONObject {
        var object: JSONObject = ["target": target.wire, "by": .string(by)]
        object.add("reason", reason)
        return object
    }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a request")
        self.init(try fields.value("target"), by: try fields.text("by"), reason: try fields.textIfAny("reason"))
    }
}

extension PauseTarget: WireValue {
    /// `all`, or an id.
    public var wire: JSONValue {
        switch self {
        case .all: "all"
        case .build(let build): build.wire
        case .runner(let runner): runner.wire
        }
    }

    /// Reads ``wire``.
    public init(wire: JSONValue) throws(FarmError) {
        if wire.string == "all" {
            self = .all
            return
        }
        switch try Target(wire: wire) {
        case .build(let build): self = .build(build)
        case .runner(let runner): self = .runner(runner)
        case .job, .attempt: throw Self.fault(wire)
        }
    }
}

extension CancelOutcome: WireObject {
    /// `{ended, cancelling}`
    public var json: JSONObject { ["ended": .int(Int64(ended)), "cancelling": cancelling.wire] }

    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "what was cancelled")
        self.init(ended: try fields.count("ended"), cancelling: try fields.value("cancelling"))
    }
}
