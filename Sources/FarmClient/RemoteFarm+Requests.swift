internal import FarmAPI
public import FarmModel
public import FarmStore

/// Each makes the request of its name. Who is named to administrators is for the server to say.
extension RemoteFarm {
    /// Asks for the end of a build, a job or an attempt.
    public func cancel(_ target: Target, by requester: String, auditor: Requester?) throws(FarmError) -> CancelOutcome {
        try request(FarmQueries.cancel, RequestOf(target, by: requester))
    }

    /// Puts a failed or cancelled job back into the queue, with what was skipped because of it.
    public func retry(_ job: JobID, auditor: Requester?) throws(FarmError) -> [JobID] { try request(FarmQueries.retry, job) }

    /// Puts all failed and cancelled jobs of a build back into the queue.
    public func retryFailed(of build: BuildID, auditor: Requester?) throws(FarmError) -> [JobID] {
        try request(FarmQueries.retryFailed, build)
    }

    /// Starts nothing more of a build, on a runner, or at all.
    public func pause(_ target: PauseTarget, by requester: String, reason: String?, auditor: Requester?) throws(FarmError) {
        _ = try request(FarmQueries.pause, RequestOf(target, by: requester, reason: reason))
    }

    /// Undoes a pause.
    public func resume(_ target: PauseTarget, auditor: Requester?) throws(FarmError) { _ = try request(FarmQueries.resume, target) }

    /// Whether ``settle()`` has anything to do.
    public var needsSettling: Bool { false }

    /// The server looks after itself.
    public func settle() {}
}
