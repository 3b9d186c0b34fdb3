internal import BuildKitClient
internal import EngineClient
public import Execution
public import FarmModel
public import FarmStore
internal import HostSystem
internal import Synchronization

/// Runs each phase as a build of its own on a BuildKit daemon, which may be another machine. All jobs share one connection.
public final class BuildKitExecutor: RemoteExecutor {
    /// `buildkit`
    public let name = "buildkit"

    private let backend: BackendRecord
    private let daemon: BuildKitDaemon
    private let removal: AttemptRemoval
    /// The images that it builds on, where BuildKit is part of dockerd; others tell only their own frontends what an image is.
    private let images: EngineImages?

    /// An executor on the daemon of a backend.
    /// - Throws: `configuration` if the address or the files for TLS cannot be used.
    public init(_ backend: BackendRecord) throws(FarmError) {
        self.backend = backend
        daemon = try BuildKitDaemon(backend.address, tls: backend.tls)
        removal = AttemptRemoval(daemon)
        images =
            daemon.endpoint.isEmbedded
            ? EngineImages(try EngineClient(try EngineAddress(backend.address, tls: backend.tls)), backend) : nil
    }

    /// See ``Executor``.
    public func missingCapability(for request: ExecutionRequest) -> String? {
        if let dockerfile = request.plan.dockerfile { return backend.reasonAgainst(dockerfile, of: request) }
        if let reason = backend.reasonAgainstPhases(of: request) { return reason }
        if request.variation.clock != nil || request.variation.usesOneProcessor {
            return "clock and processors of containers cannot be varied; rebuild in a sandbox"
        }
        return nil
    }

    /// See ``Executor``.
    public func execute(
        _ request: ExecutionRequest, log: LogWriter, stop: StopRequest, onStart: (StartedProcess) -> Void
    ) -> ExecutionOutcome {
        if let dockerfile = request.plan.dockerfile { return execute(dockerfile, request, log, stop, onStart) }
        var run: BuildKitRun?
        var outcome = PlanRun.execute(request, log, stop, missing: missingCapability(for: request), onStart) {
            () throws(ExecutionFailure) in
            let prepared = try prepare(request, stop)
            run = prepared
            return prepared
        }
        guard let run else {
            if let reason = stop.reason { outcome.result = .stopped(reason) }
            return outcome
        }
        if outcome.result == .success {
            do { try fetchOutputs(of: run, stop) } catch { outcome.result = stop.reason.map { .stopped($0) } ?? .failed(error) }
        }
        close(run)
        return outcome
    }

    /// A Dockerfile is one phase, to which the same rules apply as to others.
    private func execute(
        _ dockerfile: DockerfileBody, _ request: ExecutionRequest, _ log: LogWriter, _ stop: StopRequest,
        _ onStart: (StartedProcess) -> Void
    ) -> ExecutionOutcome {
        var request = request
        request.plan.phases = [.dockerfile]
        return PlanRun.execute(request, log, stop, missing: missingCapability(for: request), onStart) {
            DockerfileRun(request: request, body: dockerfile, daemon: daemon, farm: RegistryLogins(backend.registryAuth))
        }
    }

    /// Nobody waits for what is done after a run, but at the very end.
    private func close(_ run: BuildKitRun) {
        try? Blocking.run { [removal] in await removal.add(run.places.names) }
        Task { await run.close() }
    }

    /// See ``RemoteExecutor``.
    public func settle(until deadline: Int64) {
        try? Blocking.run(until: deadline) { [removal] in await removal.settle() }
    }

    private func prepare(_ request: ExecutionRequest, _ stop: StopRequest) throws(ExecutionFailure) -> BuildKitRun {
        let deadline = request.plan.limits.wallMilliseconds.map { request.start + $0 } ?? .max
        do {
            return try Blocking.run(until: deadline, stop: stop) { [daemon, backend] in
                try await BuildKitRun(request, BuildKitNames(request.run), daemon, RegistryLogins(backend.registryAuth))
            }
        } catch {
            throw ExecutionFailure(buildKit: error, "the builds could not be prepared")
        }
    }

    private func fetchOutputs(of run: BuildKitRun, _ stop: StopRequest) throws(ExecutionFailure) {
        do {
            let sink = try run.fetchOutputs(stop)
            if sink.isTooLarge {
                let limit = run.places.request.plan.limits.outputBytes ?? 0
                throw ExecutionFailure(.outputLimit, "the outputs are larger than \(SizeText.text(bytes: limit))")
            }
            if let refusal = sink.refusal { throw ExecutionFailure(.build, "outputs: \(refusal)") }
        } catch {
            throw ExecutionFailure(buildKit: error, "the outputs could not be fetched")
        }
    }

    /// See ``RemoteExecutor``.
    public func digest(
        ofImage reference: String, for architecture: Architecture, until deadline: Int64, stop: StopRequest
    ) throws(ExecutionFailure) -> String? {
        try images?.digest(of: reference, for: architecture, until: deadline, stop: stop)
    }

    /// See ``RemoteExecutor``.
    public func endLeftovers(of run: RunName, until deadline: Int64) throws(ExecutionFailure) {
        do {
            try Blocking.run(until: deadline) { [daemon] in
                let names = BuildKitNames(run)
                try await LockConfirmation(daemon, names, try await daemon.abilities().platforms.first).wait()
                try await BuildKitNames.removeAll(of: [names], from: daemon)
            }
        } catch {
            let failure = ExecutionFailure(buildKit: error, "\(backend.address): what attempt \(run.attempt) left there could not be ended")
            throw ExecutionFailure(.infrastructure, failure.message)
        }
    }

    /// See ``RemoteExecutor``.
    public func probe(until deadline: Int64) throws(ExecutionFailure) -> BackendFacts {
        do {
            return try Blocking.run(until: deadline) { [daemon, images] in try await BuildKitProbe(daemon, in: images?.client).facts() }
        } catch {
            let failure = ExecutionFailure(buildKit: error, "\(backend.address) does not answer as BuildKit does")
            throw ExecutionFailure(.infrastructure, failure.message)
        }
    }
}
