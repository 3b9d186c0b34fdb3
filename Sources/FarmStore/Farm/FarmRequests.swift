public import FarmModel

/// What is asked of a farm. When a call returns, the request is on the disk.
///
/// `auditor` is who is named to administrators; nil for nobody. A farm on another machine names its caller itself.
public protocol FarmRequests: Sendable {
    /// Asks for the end of a build, a job or an attempt.
    func cancel(_ target: Target, by requester: String, auditor: Requester?) throws(FarmError) -> CancelOutcome

    /// Puts a failed or cancelled job back into the queue, with what was skipped because of it.
    /// - Returns: The jobs that are pending now.
    func retry(_ job: JobID, auditor: Requester?) throws(FarmError) -> [JobID]

    /// Puts all failed and cancelled jobs of a build back into the queue.
    func retryFailed(of build: BuildID, auditor: Requester?) throws(FarmError) -> [JobID]

    /// Starts nothing more of a build, on a runner, or at all.
    func pause(_ target: PauseTarget, by requester: String, reason: String?, auditor: Requester?) throws(FarmError)

    /// Undoes a pause.
    func resume(_ target: PauseTarget, auditor: Requester?) throws(FarmError)

    /// Whether ``settle()`` has anything to do.
    var needsSettling: Bool { get }

    /// To be called by a tool that ends and has written much.
    func settle()
}

extension FarmRequests {
    /// Asks for the end of a build, a job or an attempt, naming nobody to administrators.
    public func cancel(_ target: Target, by requester: String) throws(FarmError) -> CancelOutcome {
        try cancel(target, by: requester, auditor: nil)
    }

    /// Puts a job back into the queue, naming nobody to administrators.
    public func retry(_ job: JobID) throws(FarmError) -> [JobID] { try retry(job, auditor: nil) }

    /// Puts all failed and cancelled jobs of a build back into the queue, naming nobody to administrators.
    public func retryFailed(of build: BuildID) throws(FarmError) -> [JobID] { try retryFailed(of: build, auditor: nil) }

    /// Starts nothing more of a build, on a runner, or at all, naming nobody to administrators.
    public func pause(_ target: PauseTarget, by requester: String, reason: String?) throws(FarmError) {
        try pause(target, by: requester, reason: reason, auditor: nil)
    }

    /// Undoes a pause, naming nobody to administrators.
    public func resume(_ target: PauseTarget) throws(FarmError) { try resume(target, auditor: nil) }
}
