import Execution
import FarmModel
import FarmStore
import Fetching
import HostSystem
import Recipes

/// Runs one claimed job: prepare, lay out, execute, collect, conclude. Blocks; cancellation comes through the stop request.
struct AttemptRun {
    let context: AttemptContext
    let shared: RunnerShared
    let claim: Claim
    let slot: Int
    let stop: StopRequest
    private var workspace: Workspace?
    private var lock: FileLock?
    /// Tells others what it runs.
    private var process: AttemptProcessFile?
    /// Keeps collected blobs from gc until the end is noted.
    private var session: BlobSession?
    private var facts = JSONObject()
    private var inputDigest: Digest?
    private var inputRecord: JSONObject?
    private var hasSucceeded = false
    private let start = Clock.boottimeMilliseconds

    init(context: AttemptContext, shared: RunnerShared, claim: Claim, slot: Int, stop: StopRequest) {
        self.context = context
        self.shared = shared
        self.claim = claim
        self.slot = slot
        self.stop = stop
    }

    /// Runs the attempt to its end; the report is still to be stored.
    mutating func run() -> AttemptReport {
        var logBytes: Int64 = 0
        var report: AttemptReport
        do throws(AttemptFailure) { report = try work(&logBytes) } catch {
            report =
                stop.reason.map { Self.report(claim, stoppedBy: $0) }
                ?? Self.report(claim, error, retry: document.retryPolicy(context.recipes))
        }
        report.durationMilliseconds = Clock.boottimeMilliseconds - start
        report.logBytes = logBytes
        report.facts = facts
        report.inputDigest = inputDigest
        report.inputs = inputRecord
        return report
    }

    /// Whether its end may be stored a little later: nothing else depends on it then, as it succeeded and added no files to the store.
    var canWait: Bool { hasSucceeded && session == nil }

    /// Whether a backend runs it.
    var isRemote: Bool { claim.backend != nil }

    /// Removes the attempt's scratch, once its end is stored or lies ready for that; keeps it for the slot's next attempt if there is one at once and nothing of
    /// this one can be left, which takes a sandbox or a control group.
    func cleanUp(isFollowed: Bool) {
        guard let workspace else { return }
        let isContained = isRemote || context.options.isolation == .sandbox || context.controlGroups.isStocked
        if isFollowed, hasSucceeded, isContained {
            context.workspaces.put(claim.attempt, in: context.store.directory)
        } else {
            try? workspace.remove()
        }
        withExtendedLifetime((lock, process)) {}
    }

    /// A report of a failure; the policy decides what follows.
    static func report(_ claim: Claim, _ failure: AttemptFailure, retry: RetryPolicy) -> AttemptReport {
        let result = AttemptReport.Result.failed(failure.failure, message: failure.message, retry: retry, jitter: .random(in: 0..<1))
        return AttemptReport(attempt: claim.attempt, token: claim.token, result: result)
    }

    private static func report(_ claim: Claim, stoppedBy reason: StopRequest.Reason) -> AttemptReport {
        AttemptReport(attempt: claim.attempt, token: claim.token, result: reason == .cancel ? .cancelled : .abandoned)
    }

    private mutating func work(_ logBytes: inout Int64) throws(AttemptFailure) -> AttemptReport {
        let (spec, recipe) = try decode()
        let draft = try AttemptFailure.wrap { () throws(FarmError) in try recipe.plan(spec, resolved: Resolution()) }
        let workspace = try makeWorkspace()
        let secrets = try JobSecrets.open(draft, of: claim.build, in: context.store)
        let log = makeLog(draft, secrets)
        defer { logBytes = log.size }
        let deadline = draft.limits.wallMilliseconds.map { start + $0 }
        var preparation = Preparation(context: context, stop: stop, log: log, deadline: deadline)
        let resolution = try preparation.answer(spec, recipe)
        let plan = try AttemptFailure.wrap { () throws(FarmError) in
            resolution == Resolution() ? draft : try recipe.plan(spec, resolved: resolution)
        }
        if !preparation.facts.members.isEmpty { facts.add("prepare", .object(preparation.facts)) }
        for member in plan.environmentFacts.members { facts.add(member.key, member.value) }
        let layout = Layout(context: context, workspace: workspace, plan: plan, preparation: preparation, isRemote: isRemote)
        let executor = try context.executor(for: claim)
        var inputs = LaidOut()
        let needs = try neededTrees(spec)
        // What a Dockerfile begins with stands in the sources.
        if plan.dockerfile != nil { try layout.lay(needs, &inputs) }
        try layout.layRoot(&inputs, needs: needs, knownEnvironment: claim.inputs?.environment, on: executor)
        guard try mustRun(plan, type(of: recipe), inputs.environment, needs) else {
            if !plan.packages.isEmpty { try publishRepeated(sourceDateEpoch: plan.sourceDateEpoch) }
            return AttemptReport(attempt: claim.attempt, token: claim.token, result: .repeated)
        }
        if plan.dockerfile == nil { try layout.lay(needs, &inputs) }
        let run = PlanExecution(inputs: inputs, secrets: secrets, log: log, executor: executor)
        var outcome = execute(plan, run, in: workspace)
        var outputs = workspace.out
        if outcome.result == .success, !plan.packages.isEmpty {
            let made = try makePackages(plan, run, workspace, preparation)
            outputs = made.outputs
            outcome = made.outcome ?? outcome
        }
        return try conclude(outcome, spec, recipe, plan, outputs)
    }

    private var document: StoredDocument { StoredDocument(job: claim.job.description, text: claim.document) }

    private func decode() throws(AttemptFailure) -> (JobSpec, any Recipe) {
        try AttemptFailure.wrap { () throws(FarmError) in
            let spec = try document.spec(context.recipes)
            return (spec, try context.recipes.recipe(of: spec))
        }
    }

    private mutating func makeWorkspace() throws(AttemptFailure) -> Workspace {
        let made = try AttemptFailure.system { () throws(SystemError) in
            try context.workspaces.obtain(for: claim.attempt, in: context.store.directory)
        }
        (workspace, lock) = made
        process = context.workspaces.processFile(of: claim.attempt)
        return made.0
    }

    private func makeLog(_ plan: Plan, _ secrets: [String: [UInt8]]) -> LogWriter {
        let directory = context.store.directory
        return LogWriter(
            path: directory.log(claim.build, claim.job, attempt: claim.number),
            indexPath: directory.logIndex(claim.build, claim.job, attempt: claim.number), secrets: Array(secrets.values),
            limit: plan.limits.logBytes)
    }

    private func neededTrees(_ spec: JobSpec) throws(AttemptFailure) -> [NeededTree] {
        guard !spec.needs.isEmpty else { return [] }
        return try AttemptFailure.wrap { () throws(FarmError) in try context.store.neededTrees(of: claim.job) }
    }

    /// False if another job has the result, or is about to: known at the claim unless something had to be looked at first.
    private mutating func mustRun(
        _ plan: Plan, _ recipe: any Recipe.Type, _ environment: String, _ needs: [NeededTree]
    ) throws(AttemptFailure) -> Bool {
        let inputs = if let known = claim.inputs { known } else { try look(at: plan, recipe, environment) }
        inputDigest = claim.inputDigest ?? inputs.digest
        if !needs.isEmpty { inputRecord = inputs.json(needs: needs.map { NamedDigest(name: $0.name, digest: $0.tree) }) }
        if claim.inputs != nil { return true }
        let (context, claim) = (context, claim)
        return try AttemptFailure.wrap { () throws(FarmError) in
            try context.store.mustRun(claim, inputs: inputs, isolation: claim.isolation)
        }
    }

    private func look(at plan: Plan, _ recipe: any Recipe.Type, _ environment: String) throws(AttemptFailure) -> InputParts {
        InputParts(
            identity: claim.identity, plan: claim.planDigest, recipe: recipe.name, revision: recipe.revision, environment: environment,
            closures: try AttemptFailure.wrap { () throws(FarmError) in try context.store.closures(neededBy: claim.job) },
            sources: plan.sources.map { $0.content ?? "" })
    }

    /// Runs the phases of a plan, and notes how they went.
    mutating func execute(_ plan: Plan, _ run: PlanExecution, in workspace: Workspace) -> ExecutionOutcome {
        let (inputs, secrets, log, executor) = (run.inputs, run.secrets, run.log, run.executor)
        var request = ExecutionRequest(plan: plan, isolation: isRemote ? .sandbox : context.options.isolation, workspace: workspace)
        request.dependencies = inputs.dependencies
        request.caches = inputs.caches
        request.rootPath = inputs.rootPath
        request.rootDigest = inputs.environment
        request.imageDigest = inputs.imageDigest
        request.run = RunName(farm: context.store.directory.farmName, attempt: claim.attempt, runner: context.runner)
        request.secrets = plan.secrets.compactMap { use in
            secrets[use.name].map { ExecutionRequest.Secret(use: use, value: $0) }
        }
        request.credentials = secrets.filter { name, _ in plan.exports.contains { $0.credentials == name } }
        request.jobName = claim.identity.name
        request.allowsHostNetwork = context.options.allowsHostNetwork
        request.heldLock = lock?.descriptor
        request.start = start
        let (shared, claim, file) = (shared, claim, process)
        let path = context.store.directory.attemptProcess(claim.attempt)
        let start: (StartedProcess) -> Void = { process in
            shared.note(process, of: claim.attempt)
            // Only so that others can kill it if this runner dies: not worth failing the job for.
            try? file?.record(AttemptProcess(process), at: path)
        }
        let stop = stop
        let outcome =
            isRemote
            ? executor.execute(request, log: log, stop: stop, onStart: start)
            : context.controlGroups.lend { groups in
                request.controlGroups = groups
                return executor.execute(request, log: log, stop: stop, onStart: start)
            }
        note(outcome)
        withExtendedLifetime(inputs) {}
        return outcome
    }

    /// Adds the facts of an execution; phases follow those of the one before.
    private mutating func note(_ outcome: ExecutionOutcome) {
        for member in outcome.facts.members {
            if let known = facts[member.key]?.array, let more = member.value.array {
                facts[member.key] = .array(known + more)
            } else if facts[member.key] == nil {
                facts.add(member.key, member.value)
            }
        }
    }

    private mutating func conclude(
        _ outcome: ExecutionOutcome, _ spec: JobSpec, _ recipe: any Recipe, _ plan: Plan, _ outputs: String
    ) throws(AttemptFailure) -> AttemptReport {
        switch outcome.result {
        case .stopped(let reason): return Self.report(claim, stoppedBy: reason)
        case .failed(let failure):
            var report = Self.report(claim, AttemptFailure(failure.failure, failure.message), retry: spec.retry)
            report.exitCode = failure.exitCode
            report.signal = failure.signal
            return report
        case .success:
            if let reason = stop.reason, reason == .cancel { return Self.report(claim, stoppedBy: reason) }
            let (tree, manifest) = try collect(plan, outputs)
            let paths = manifest.entries.map(\.path)
            let conclusion = recipe.conclude(spec, TreeOutcome(tree: tree.digest, paths: paths))
            for member in conclusion.facts.members { facts.add(member.key, member.value) }
            let artifacts = conclusion.artifacts.compactMap { ArtifactRecord($0, job: claim.job, tree: tree, manifest: manifest) }
            hasSucceeded = true
            let interface = plan.interface.isEmpty ? nil : OutputChoice(plan.interface.map { OutputPattern(glob: $0) }).digest(of: manifest)
            return AttemptReport(
                attempt: claim.attempt, token: claim.token, result: .success(tree: tree, artifacts: artifacts, interface: interface))
        }
    }

    private mutating func collect(_ plan: Plan, _ outputs: String) throws(AttemptFailure) -> (StoredTree, TreeManifest) {
        let collection = try OutputCollection(store: context.store, plan: plan).collect(outputs)
        session = collection.session
        return (collection.tree, collection.manifest)
    }
}

extension ArtifactRecord {
    /// A recipe's artifact with what the store knows of it; nil if it names a file that the tree does not have.
    fileprivate init?(_ artifact: NamedArtifact, job: JobID, tree: StoredTree, manifest: TreeManifest) {
        var (bytes, digest) = (tree.bytes, tree.digest)
        if let path = artifact.path {
            guard case .file(let size, let file)? = manifest.entries.first(where: { $0.path == path })?.content else { return nil }
            (bytes, digest) = (size, file)
        }
        self.init(
            job: job, kind: artifact.kind, name: artifact.name, version: artifact.version, architecture: artifact.architecture,
            path: artifact.path, bytes: bytes, digest: digest)
    }
}
