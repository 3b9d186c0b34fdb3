internal import EngineClient
public import Execution
public import FarmModel
public import FarmStore
internal import HostSystem

/// Runs each phase in a container of its own, on Docker or Podman, over volumes that last as long as the plan.
public final class EngineExecutor: RemoteExecutor {
    /// `engine`
    public let name = "engine"

    private let backend: BackendRecord
    private let client: EngineClient
    private let images: EngineImages
    private let removal: EngineRemoval

    /// An executor on the daemon of a backend.
    /// - Throws: `configuration` if the address or the files for TLS cannot be used.
    public init(_ backend: BackendRecord) throws(FarmError) {
        self.backend = backend
        client = try EngineClient(try EngineAddress(backend.address, tls: backend.tls))
        images = EngineImages(client, backend)
        removal = EngineRemoval(client)
    }

    /// See ``Executor``.
    public func missingCapability(for request: ExecutionRequest) -> String? {
        if let reason = request.plan.missingBuildKit ?? backend.reasonAgainstPhases(of: request) { return reason }
        if let cache = request.caches.first(where: { $0.mount.path.contains(":") }) {
            return "the cache at \(cache.mount.path) has a colon in its path, which volumes cannot have"
        }
        let variation = request.variation
        if variation.clock != nil || variation.fileModeMask != nil || variation.usesOneProcessor {
            return "clock, umask and processors of containers cannot be varied; rebuild in a sandbox"
        }
        return nil
    }

    /// See ``Executor``.
    public func execute(
        _ request: ExecutionRequest, log: LogWriter, stop: StopRequest, onStart: (StartedProcess) -> Void
    ) -> ExecutionOutcome {
        let names = EngineNames(request.run)
        var launcher: EngineRun?
        var outcome = PlanRun.execute(request, log, stop, missing: missingCapability(for: request), onStart) {
            () throws(ExecutionFailure) in
            let run = try prepare(request, names, stop)
            launcher = run
            return run
        }
        if launcher == nil, let reason = stop.reason { outcome.result = .stopped(reason) }
        if let launcher, outcome.result == .success {
            do { try launcher.fetchOutputs(stop: stop) } catch {
                outcome.result = stop.reason.map { .stopped($0) } ?? .failed(error)
            }
        }
        // A root that nobody can tell from others is of no use to later runs.
        let image = request.rootPath != nil && request.rootDigest == nil ? names.rootImage(nil) : nil
        if missingCapability(for: request) == nil { removal.begin(names, image: image) }
        return outcome
    }

    private func prepare(_ request: ExecutionRequest, _ names: EngineNames, _ stop: StopRequest) throws(ExecutionFailure) -> EngineRun {
        let deadline = request.plan.limits.wallMilliseconds.map { request.start + $0 } ?? .max
        do {
            return try Blocking.run(until: deadline, stop: stop) { [client, images, backend] in
                try await EngineRun(request, names, client, images, runtime: backend.runtime)
            }
        } catch {
            throw ExecutionFailure(error, "the containers could not be prepared")
        }
    }

    /// See ``RemoteExecutor``.
    public func settle(until deadline: Int64) {
        try? Blocking.run(until: deadline) { [removal] in await removal.settle() }
    }

    /// See ``RemoteExecutor``.
    public func digest(
        ofImage reference: String, for architecture: Architecture, until deadline: Int64, stop: StopRequest
    ) throws(ExecutionFailure) -> String? {
        try images.digest(of: reference, for: architecture, until: deadline, stop: stop)
    }

    /// See ``RemoteExecutor``.
    public func endLeftovers(of run: RunName, until deadline: Int64) throws(ExecutionFailure) {
        do {
            try Blocking.run(until: deadline) { [client] in
                let names = EngineNames(run)
                try await EngineRemains(client: client, label: names.runLabel).remove()
                try await client.removeImage(names.rootImage(nil), force: true)
            }
        } catch {
            let failure = ExecutionFailure(error, "\(backend.address): what attempt \(run.attempt) left there could not be removed")
            throw ExecutionFailure(.infrastructure, failure.message)
        }
    }

    /// See ``RemoteExecutor``.
    public func attempts(ofFarm farm: String, until deadline: Int64) throws(ExecutionFailure) -> [AttemptID] {
        do {
            return try Blocking.run(until: deadline) { [client] in
                let labels = EngineNames.farmLabels(farm)
                let all = try await client.labels(ofContainersWith: labels) + client.labels(ofVolumesWith: labels)
                return Set(all.compactMap { EngineNames.attempt(of: $0) }).sorted()
            }
        } catch {
            throw ExecutionFailure(.infrastructure, ExecutionFailure(error, "\(backend.address): what is left there is not known").message)
        }
    }

    /// See ``RemoteExecutor``.
    public func probe(until deadline: Int64) throws(ExecutionFailure) -> BackendFacts {
        do {
            return try Blocking.run(until: deadline) { [client, backend] in try await EngineProbe(client, backend).facts() }
        } catch {
            let failure = ExecutionFailure(error, "\(backend.address) does not answer as Docker or Podman do")
            throw ExecutionFailure(.infrastructure, failure.message)
        }
    }
}
