import Execution
import FarmModel
import FarmStore
import HostSystem
import Recipes

/// Builds what one attempt built again: the same document, sources, commits and needed trees; caches are empty.
struct Rebuild {
    /// What it came to.
    struct Result {
        var outcome: ExecutionOutcome
        /// What it left, if it succeeded.
        var tree: StoredTree?
        var manifest: TreeManifest?
        /// What really was varied.
        var variation: Variation
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
    func run() throws(AttemptFailure) -> Result {
        let document = StoredDocument(job: work.job.description, text: work.document)
        let (spec, recipe) = try AttemptFailure.wrap { () throws(FarmError) in
            let spec = try document.spec(context.recipes)
            return (spec, try context.recipes.recipe(of: spec))
        }
        let draft = try AttemptFailure.wrap { () throws(FarmError) in try recipe.plan(spec, resolved: Resolution()) }
        let secrets = try JobSecrets.open(draft, of: work.build, in: context.store)
        let log = LogWriter(
            path: file("log"), indexPath: file("idx"), secrets: Array(secrets.values), limit: draft.limits.logBytes)
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
        let outcome = execute(plan, inputs, secrets, variation, log)
        return try collect(outcome, plan, variation)
    }

    private func layOut(_ plan: Plan, _ preparation: Preparation) throws(AttemptFailure) -> LaidOut {
        // What a cache holds could be what was built before; and nothing that was varied may get into one.
        var cacheless = plan
        cacheless.caches = []
        let layout = Layout(context: context, workspace: workspace, plan: cacheless, preparation: preparation)
        var inputs = LaidOut()
        try layout.layRoot(&inputs)
        try layout.lay(neededTrees(), &inputs)
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

    private func execute(
        _ plan: Plan, _ inputs: LaidOut, _ secrets: [String: [UInt8]], _ variation: Variation, _ log: LogWriter
    ) -> ExecutionOutcome {
        var request = ExecutionRequest(plan: plan, isolation: context.options.isolation, workspace: workspace)
        request.dependencies = inputs.dependencies
        request.caches = inputs.caches
        request.rootPath = inputs.rootPath
        request.secrets = plan.secrets.compactMap { use in
            secrets[use.name].map { ExecutionRequest.Secret(use: use, value: $0) }
        }
        request.allowsHostNetwork = context.options.allowsHostNetwork
        request.heldLock = scratch.lock.descriptor
        request.controlGroups = context.controlGroups.first ?? nil
        request.start = start
        request.variation = variation
        let file = context.store.directory.attemptProcess(scratch.id)
        defer { withExtendedLifetime(inputs) {} }
        return context.executor.execute(request, log: log, stop: stop) { process in
            onStart(process)
            try? AttemptProcess(process).record(at: file)
        }
    }

    private func collect(_ outcome: ExecutionOutcome, _ plan: Plan, _ variation: Variation) throws(AttemptFailure) -> Result {
        var result = Result(outcome: outcome, variation: variation)
        guard case .success = outcome.result else { return result }
        let collection = try OutputCollection(store: context.store, plan: plan).collect(workspace, keeps: false)
        (result.tree, result.manifest) = (collection.tree, collection.manifest)
        return result
    }
}
