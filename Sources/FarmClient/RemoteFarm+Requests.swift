internal import FarmAPI
public import FarmModel
public import FarmStore

/// Each makes the request of its name. Who is named to administrators is for the server to say.
extension RemoteFarm {
    public func cancel(_ target: Target, by requester: String, auditor: Requester?) throws(FarmError) -> CancelOutcome {
        try request(FarmQueries.cancel, RequestOf(target, by: requester))
    }

    public func retry(_ job: JobID, auditor: Requester?) throws(FarmError) -> [JobID] { try request(FarmQueries.retry, job) }

    public func retryFailed(of build: BuildID, auditor: Requester?) throws(FarmError) -> [JobID] {
        try request(FarmQueries.retryFailed, build)
    }

    public func pause(_ target: PauseTarget, by requester: String, reason: String?, auditor: Requester?) throws(FarmError) {
        _ = try request(FarmQueries.pause, RequestOf(target, by: requester, reason: reason))
    }

    public func resume(_ target: PauseTarget, auditor: Requester?) throws(FarmError) { _ = try request(FarmQueries.resume, target) }

    public var needsSettling: Bool { false }

    public func settle() {}
}
