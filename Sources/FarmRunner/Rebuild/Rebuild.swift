import Execution
import FarmModel
import FarmStore
import HostSystem
import Recipes

/// Builds what one attempt built again: the same document, sources, commits and needed trees; caches are empty.
struct Rebuild {
    /// What it came to.
    struct Result {
        /// Why the job failed; nil if it succeeded or was stopped.
        var failure: AttemptFailure?
        /// What it left, if it succeeded.
        var manifest: TreeManifest?
        /// What really was varied.
        var variation: Variation
        /// What the root file system is.
        var environment: String
    }

    let context: AttemptContext
    let work: RecordedWork
    let scratch: RebuildScratch
    let workspace: Workspace
    let stop: StopRequest
    /// Told of the first process of each phase.
    let onStart: (StartedProcess) -> Void
    /// What is to be varied, by the root folder of the phases.
    let vary: (_ rootPath: String?) -> Variation
    private let start = Clock.boottimeMilliseconds

    init(
        context: AttemptContext, work: RecordedWork, scratch: RebuildScratch, workspace: Workspace, stop: StopRequest,
        onStart: @escaping (StartedProcess) -> Void, vary: @escaping (_ rootPath: String?) -> Variation
    ) {
        self.context = context
        self.work = work
        self.scratch = scratch
        self.workspace = workspace
        self.stop = stop
        self.onStart = onStart
        self.vary = vary
    }

    /// The file of the store that its log, or what belongs to it, has.
    func file(_ suffix: String) -> String { context.store.directory.rebuildFile(work.build, work.job, scratch.id, suffix) }

    /// Runs it. The workspace stays.
    /// - Throws: what says nothing about the job, for instance that a source is gone or a program is missing.
    func run() throws(AttemptFailure) -> Result {
        let ready = try prepare()
        var result = Result(variation: ready.variation, environment: ready.inputs.environment)
        let file = context.store.directory.attemptProcess(scratch.id)
        let outcome = context.executor.execute(request(ready), log: ready.log, stop: stop) { process in
            onStart(process)
            try? AttemptProcess(process).record(at: file)
        }
        withExtendedLifetime(ready.inputs) {}
        do throws(AttemptFailure) { result.manifest = try collect(outcome, ready.plan, ready.inputs, ready.log) } catch {
            guard error.failure.isOfTheJob else { throw error }
            result.failure = error
        }
        return result
    }

    /// Opens a shell in the prepared sandbox instead of running the phases, whose commands lie in its home.
    func openShell(on terminal: Descriptor, type: String) throws(AttemptFailure) {
        let ready = try prepare()
        try AttemptFailure.system { () throws(SystemError) in try PhaseScripts(ready.plan).write(into: workspace.home) }
        let request = request(ready)
        if let missing = context.executor.missingCapability(for: request) { throw AttemptFailure(.unsatisfiable, missing) }
        defer { withExtendedLifetime(ready.inputs) {} }
        do throws(ExecutionFailure) { try SandboxShell(request).run(on: terminal, type: type, stop: stop) } catch {
            throw AttemptFailure(error.failure, error.message)
        }
    }

    /// Everything laid out, with what it was laid out for.
    private struct Ready {
        var plan: Plan
        var inputs: LaidOut
        var secrets: [String: [UInt8]]
        var variation: Variation
        var log: LogWriter
    }

    private func prepare() throws(AttemptFailure) -> Ready {
        let document = StoredDocument(job: work.job.description, text: work.document)
        let (spec, recipe) = try AttemptFailure.wrap { () throws(FarmError) in
            let spec = try document.spec(context.recipes)
            return (spec, try context.recipes.recipe(of: spec))
        }
        let draft = try AttemptFailure.wrap { () throws(FarmError) in try recipe.plan(spec, resolved: Resolution()) }
        guard draft.dockerfile == nil else {
            throw AttemptFailure(
                .unsatisfiable, "it was a Dockerfile, which only BuildKit builds: it cannot be built again on this machine")
        }
        let secrets = try JobSecrets.open(draft, of: work.build, in: context.store)
        let log = LogWriter(path: file("log"), indexPath: file("idx"), secrets: Array(secrets.values), limit: draft.limits.logBytes)
        var preparation = Preparation(
            context: context, stop: stop, log: log, deadline: draft.limits.wallMilliseconds.map { start + $0 })
        preparation.knownCommits = work.commits
        let resolution = try preparation.answer(spec, recipe)
        let plan = try AttemptFailure.wrap { () throws(FarmError) in try recipe.plan(spec, resolved: resolution) }
        let inputs = try layOut(plan, preparation)
        let variation = vary(inputs.rootPath)
        if variation.reversesFolders {
            try AttemptFailure.system { () throws(SystemError) in try FolderOrder.reverse(workspace.build) }
        }
        return Ready(plan: plan, inputs: inputs, secrets: secrets, variation: variation, log: log)
    }

    private func layOut(_ plan: Plan, _ preparation: Preparation) throws(AttemptFailure) -> LaidOut {
        // What a cache holds could be what was built before; and nothing that was varied may get into one.
        var cacheless = plan
        cacheless.caches = []
        let layout = Layout(context: context, workspace: workspace, plan: cacheless, preparation: preparation)
        var inputs = LaidOut()
        let needs = try neededTrees()
        try layout.layRoot(&inputs, needs: needs)
        try layout.lay(needs, &inputs)
        for (index, cache) in plan.caches.enumerated() {
            let path = "\(workspace.path)/caches/\(index)"
            try AttemptFailure.system { () throws(SystemError) in try Files.makeFolders(path, mode: 0o755) }
            inputs.caches.append(ExecutionRequest.Cache(mount: cache, path: path))
        }
        return inputs
    }

    private func neededTrees() throws(AttemptFailure) -> [NeededTree] {
        if let needs = work.needs { return needs }
        return try AttemptFailure.wrap { () throws(FarmError) in try context.store.neededTrees(of: work.job) }
    }

    private func request(_ ready: Ready) -> ExecutionRequest {
        var request = ExecutionRequest(plan: ready.plan, isolation: context.options.isolation, workspace: workspace)
        request.dependencies = ready.inputs.dependencies
        request.caches = ready.inputs.caches
        request.rootPath = ready.inputs.rootPath
        request.secrets = ready.plan.secrets.compactMap { use in
            ready.secrets[use.name].map { ExecutionRequest.Secret(use: use, value: $0) }
        }
        request.allowsHostNetwork = context.options.allowsHostNetwork
        request.heldLock = scratch.lock.descriptor
        request.controlGroups = context.controlGroups.only
        request.start = start
        request.variation = ready.variation
        return request
    }

    /// The folder of what the plan made: the outputs of its phases, or the packages that are made of them.
    private func outputs(of plan: Plan, _ inputs: LaidOut, _ log: LogWriter) throws(AttemptFailure) -> String {
        guard !plan.packages.isEmpty else { return workspace.out }
        let stage = try PackageStage(context: context, plan: plan, workspace: workspace, log: log, stop: stop)
        try stage.assemble(inputs.packages?.lock)
        return stage.repository
    }

    private func collect(
        _ outcome: ExecutionOutcome, _ plan: Plan, _ inputs: LaidOut, _ log: LogWriter
    ) throws(AttemptFailure) -> TreeManifest? {
        switch outcome.result {
        case .stopped: return nil
        case .failed(let failure): throw AttemptFailure(failure.failure, failure.message)
        case .success:
            let outputs = try outputs(of: plan, inputs, log)
            return try OutputCollection(store: context.store, plan: plan).collect(outputs, keeps: false).manifest
        }
    }
}

extension FailureClass {
    /// Whether it says something about the job, not about the machine or what went into it.
    fileprivate var isOfTheJob: Bool {
        switch self {
        case .build, .timeout, .silent, .logLimit, .outputLimit, .oom: true
        case .badInput, .infrastructure, .lost, .unsatisfiable: false
        }
    }
}
