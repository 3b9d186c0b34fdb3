import Execution
import FarmModel
import FarmStore
import HostSystem
import PackageFiles

extension AttemptRun {
    /// Makes the packages of a plan whose phases have ended well, tries them, and publishes them if they are good.
    /// - Returns: the folder they are in, and how the last test ended; nil if there was none.
    mutating func makePackages(
        _ plan: Plan, _ run: PlanExecution, _ workspace: Workspace, _ preparation: Preparation
    ) throws(AttemptFailure) -> (outputs: String, outcome: ExecutionOutcome?) {
        let stage = try PackageStage(context: context, plan: plan, workspace: workspace, log: run.log, stop: stop)
        try stage.assemble(run.inputs.packages?.lock)
        let outcome = try test(plan, run, workspace, preparation, stage.repository)
        if outcome.map({ $0.result == .success }) ?? true, stop.reason == nil { try stage.publish() }
        return (stage.repository, outcome)
    }

    /// Publishes the packages of the job whose result this one takes, if the repository does not have them: it may be another one by now.
    func publishRepeated(sourceDateEpoch: Int64) throws(AttemptFailure) {
        let (context, claim) = (context, claim)
        try AttemptFailure.wrap { () throws(FarmError) in
            let published = context.repository(signedBy: SegmentSigner(key: try context.signingKeys.key()))
            guard let tree = try context.store.tree(repeatedBy: claim, isolation: claim.isolation),
                !published.has(try context.store.blobs.manifest(tree))
            else { return }
            let view = try context.trees.view(of: tree, sourceDateEpoch: sourceDateEpoch)
            try published.publish(view.path)
            withExtendedLifetime(view) {}
        }
    }

    /// Runs the tests of a plan, each in a root of its own, until one fails.
    /// - Returns: how the last one ended; nil if there are none.
    private mutating func test(
        _ plan: Plan, _ run: PlanExecution, _ workspace: Workspace, _ preparation: Preparation, _ repository: String
    ) throws(AttemptFailure) -> ExecutionOutcome? {
        var surroundings = run.inputs.packages?.surroundings ?? PackageSurroundings(context: context, preparation: preparation)
        surroundings.add(claim.identity.name, folder: repository)
        var last: ExecutionOutcome?
        for (index, test) in plan.tests.enumerated() {
            let place = Workspace(path: "\(workspace.path)/test-\(index)")
            let outcome = try attempt(test, of: plan, run, in: place, surroundings)
            last = outcome
            try? place.remove()
            if outcome.result != .success { break }
        }
        return last
    }

    private mutating func attempt(
        _ test: PackageTest, of plan: Plan, _ run: PlanExecution, in place: Workspace, _ surroundings: PackageSurroundings
    ) throws(AttemptFailure) -> ExecutionOutcome {
        try AttemptFailure.system { () throws(SystemError) in try place.create() }
        let trial = test.plan(of: plan)
        var environment = test.environment
        environment.packages += context.options.packages.testPackages
        let lock = try run.log.inPhase(ResolvedPackages.phase) { [environment] () throws(AttemptFailure) in
            try surroundings.resolve(environment, for: plan.architecture)
        }
        var inputs = LaidOut()
        inputs.packages = ResolvedPackages(surroundings: surroundings, lock: lock)
        inputs.environment = inputs.packages?.environment ?? ""
        let preparation = surroundings.preparation
        let layout = Layout(context: context, workspace: place, plan: trial, preparation: preparation, isRemote: isRemote)
        try layout.lay([], &inputs)
        // What the run before used on a daemon has the names that this one will use.
        if let remote = run.executor as? any RemoteExecutor { remote.settle(until: preparation.deadline) }
        return execute(trial, PlanExecution(inputs: inputs, secrets: run.secrets, log: run.log, executor: run.executor), in: place)
    }
}

extension PackageTest {
    /// What is executed for a test of a plan: its own phases, under the plan's limits.
    fileprivate func plan(of plan: Plan) -> Plan {
        var trial = plan
        trial.environment = .packages(environment)
        trial.variables = variables
        trial.phases = phases
        trial.user = user
        // Those of the build are in use as long as the attempt is.
        trial.caches = []
        trial.sources = sources
        trial.packages = []
        trial.tests = []
        return trial
    }
}
