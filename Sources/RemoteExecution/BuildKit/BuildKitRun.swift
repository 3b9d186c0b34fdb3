internal import BuildKitClient
internal import Execution
internal import FarmModel
internal import HostSystem
internal import Synchronization

/// One run of a plan on a daemon. Each phase is a build of its own; what they share lies in caches that carry the attempt's name.
final class BuildKitRun: PhaseLauncher, Sendable {
    let daemon: BuildKitDaemon
    let places: BuildKitPlaces
    /// Takes the outputs that come with the end of the last phase.
    let outputs: OutputSink
    private let sources: Session?
    private let logins: RegistryLogins
    private let state: Mutex<State>

    private struct State {
        var phases = 0
        /// A script of the attempt has run.
        var hasBegun = false
        var hasShell: Bool
        /// The outputs of commands that ran without a shell.
        var bareOutputs: Output?
        /// The outputs are here.
        var hasOutputs = false
    }

    /// Opens the session that has the sources.
    /// - Throws: what ``ExecutionFailure/init(buildKit:_:)`` understands.
    init(_ request: ExecutionRequest, _ names: BuildKitNames, _ daemon: BuildKitDaemon, _ logins: RegistryLogins) async throws {
        self.daemon = daemon
        self.logins = logins
        for dependency in request.dependencies {
            guard dependency.name.hasOnlyPathNames, !dependency.name.utf8.contains(0) else {
                throw ExecutionFailure(.badInput, "the name of dependency \"\(dependency.name)\" cannot be a path")
            }
        }
        outputs = OutputSink(try Self.folder(of: request), below: EndSink.outputs, limit: request.plan.limits.outputBytes)
        var image: String?
        if case .image(let reference) = request.plan.environment {
            guard let complete = ImageReference.complete(reference) else {
                throw ExecutionFailure(.badInput, "\(reference) cannot be the name of an image")
            }
            image = complete
        }
        let platform = Platform(request.plan.architecture)
        let own = try await daemon.abilities().platforms.first
        var content = SessionContent()
        content.folders = try BuildKitPlaces.uploads(request)
        content.sharedKey = names.farm
        sources = content.folders.isEmpty ? nil : try await daemon.openSession(content)
        places = BuildKitPlaces(
            request: request, names: names, platform: platform ?? own, session: sources?.identifier ?? "", image: image,
            uploads: content.folders)
        let shell = request.rootPath.flatMap { try? Files.statusIfPresent($0 + "/bin/sh") }
        state = Mutex(State(hasShell: request.rootPath == nil || shell != nil))
    }

    /// What builds can ask this side for: the folders of the run, and who the farm is to registries.
    var content: SessionContent {
        var content = SessionContent()
        content.folders = places.uploads
        content.credentials = { [logins] host in (try? logins.login(to: host))?.pair }
        return content
    }

    /// What the daemon's refusal of the plan's image means, if a registry did not know who asks.
    func refusal(_ error: BuildKitError) -> ExecutionFailure? {
        guard error.isUnauthorized, case .image(let reference) = places.request.plan.environment else { return nil }
        let registry = ImageReference.registry(of: reference)
        return RegistryRefusal(registry, try? logins.login(to: registry), logins).failure(for: reference, error.message)
    }

    /// Whether commands can be watched over by a script.
    var hasShell: Bool { state.withLock { $0.hasShell } }

    /// Notes that the root turned out to have no shell.
    func noteMissingShell() { state.withLock { $0.hasShell = false } }

    private static func folder(of request: ExecutionRequest) throws(SystemError) -> Descriptor {
        try Files.open(request.workspace.out, [.read, .folder, .noFollow])
    }

    /// The outputs so far, of commands that ran without a shell.
    var bareOutputs: Output { state.withLock { $0.bareOutputs } ?? places.emptyFolder }

    /// Notes the outputs of a command that ran without a shell.
    func note(_ outputs: Output) { state.withLock { $0.bareOutputs = outputs } }

    /// Notes that a script has run, so that what comes after it must find its mark.
    func noteBeginning() { state.withLock { $0.hasBegun = true } }

    /// Notes that the outputs came with the end of the last phase.
    func noteOutputs() { state.withLock { $0.hasOutputs = true } }

    func start(_ phase: Phase, output: Descriptor) throws(ExecutionFailure) -> any RunningPhase {
        let (number, continues) = state.withLock { state in
            state.phases += 1
            return (state.phases, state.hasBegun)
        }
        let command = try PhaseCommand(phase, number: number, continues: continues, in: places)
        do { return try BuildKitPhase(command, of: self, pipe: LogPipe(output)) } catch {
            throw ExecutionFailure(.infrastructure, "phase \(phase.name) could not be started: \(error)")
        }
    }

    /// Runs a shell script of our own beside or after the phases.
    /// - Parameters:
    ///   - mounts: what it sees beside the root.
    ///   - sink: takes what it leaves in ``PhaseScript/result``; nil if it leaves nothing.
    func runOwn(_ script: String, purpose: String, mounts: [ExecutionMount], into sink: (any TreeSink)?) async throws(BuildKitError) {
        var execution = Execution(["/bin/sh", "-c", script, "\(places.names.attempt)-\(RandomBytes.hexadecimal(8))"])
        execution.variables = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
        execution.user = "\(places.user):\(places.user)"
        execution.hasReadOnlyRoot = true
        execution.name = "\(places.names.attempt) (\(purpose))"
        execution.mounts = [places.result] + mounts
        let step = execution.operation(in: places.root(), platform: places.platform)
        var build = Build(.definition(Definition(of: step.output())), purpose: purpose)
        build.isInternal = true
        build.content = content
        if let sink {
            build.export = .local
            build.content.destination = .tree(sink, TreeLimits(bytes: .max))
        }
        try await daemon.run(build)
    }

    /// Brings the outputs, unless they are here.
    /// - Returns: what took them.
    func fetchOutputs(_ stop: StopRequest) throws -> OutputSink {
        if state.withLock({ $0.hasOutputs }) { return outputs }
        let sink = OutputSink(
            try Self.folder(of: places.request), below: BuildKitPlaces.part, limit: places.request.plan.limits.outputBytes)
        do { try Blocking.run(stop: stop) { try await self.fetchOutputs(into: sink) } } catch  where sink.isRefused { return sink }
        return sink
    }

    private func fetchOutputs(into sink: OutputSink) async throws(BuildKitError) {
        let purpose = "fetching the outputs"
        guard hasShell else {
            var build = Build(.definition(Definition(of: bareOutputs)), purpose: purpose)
            build.content = content
            build.export = .local
            build.content.destination = .tree(sink, TreeLimits(bytes: .max))
            try await daemon.run(build)
            return
        }
        let copy = "cp -a \(PhasePlaces.sandbox.out)/. \(PhaseScript.result)/"
        let script = state.withLock { $0.hasBegun } ? "\(PhaseScript.continues) && \(copy)" : copy
        try await runOwn(script, purpose: purpose, mounts: [places.kept("out", at: PhasePlaces.sandbox.out), places.mark], into: sink)
    }

    /// Ends the session.
    func close() async { await sources?.close() }
}
