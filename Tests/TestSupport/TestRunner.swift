public import FarmModel
public import FarmStore
internal import HostSystem

/// Claims and finishes jobs as a runner does, without running anything.
public struct TestRunner: Sendable {
    /// Where it is registered.
    public let store: Store
    /// Its id.
    public let id: RunnerID

    /// Registers a runner.
    public init(_ store: Store) throws(FarmError) {
        self.store = store
        id = try store.register(RunnerDescription(pid: 1, processStart: 1, host: "test", command: "test", slots: 1))
    }

    /// Takes the best ready job.
    public func claim(
        _ selection: Selection? = nil, isolation: String = "sandbox", labels: Set<String> = []
    ) throws(FarmError) -> Claim? {
        let architectures = Set(Architecture.names.compactMap { Architecture($0) })
        let abilities = RunnerAbilities(architectures: architectures, labels: labels, selection: selection)
        return try store.claim(ClaimRequest(runner: id, abilities: abilities, isolation: isolation, token: RandomBytes.make(16))).claim
    }

    /// Takes the best ready job; there must be one.
    public func mustClaim(_ selection: Selection? = nil) throws -> Claim {
        guard let claim = try claim(selection) else { throw NothingReady() }
        return claim
    }

    /// Ends a claimed attempt.
    @discardableResult
    public func finish(_ claim: Claim, _ result: AttemptReport.Result) throws(FarmError) -> FinishOutcome {
        try store.finish(AttemptReport(attempt: claim.attempt, token: claim.token, result: result))
    }

    /// Claims and finishes until nothing is ready; what `result` says of each job by its name is how it ends.
    /// - Returns: the names in the order of their claims.
    @discardableResult
    public func drain(_ selection: Selection? = nil, _ result: (String) -> AttemptReport.Result = { _ in .good }) throws -> [String] {
        var names: [String] = []
        while let claim = try claim(selection) {
            names.append(claim.identity.name)
            try finish(claim, result(claim.identity.name))
        }
        return names
    }
}

/// No job was ready although one should have been.
public struct NothingReady: Error {
    /// Creates the error.
    public init() {}
}

extension AttemptReport.Result {
    /// Success without outputs.
    public static var good: AttemptReport.Result { .success(tree: .empty, artifacts: []) }

    /// A failure that is not tried again.
    public static var bad: AttemptReport.Result { .failed(.build, message: "it does not compile", retry: RetryPolicy(), jitter: 0) }

    /// A failure of the machine, which is tried again.
    public static var unlucky: AttemptReport.Result { .failed(.infrastructure, message: "no disk", retry: RetryPolicy(), jitter: 0) }
}
