import AlpinePackage
import Execution
import FarmModel
import FarmStore
import HostSystem
import PackageFiles
import PackageRoots
import PackageWriting

/// What follows the phases of a plan that makes packages: they are made of the outputs, tried, and published.
struct PackageStage {
    static let phase = "packages"

    let context: AttemptContext
    let plan: Plan
    let workspace: Workspace
    let log: LogWriter
    let stop: StopRequest
    /// Where the packages go.
    let repository: String
    let signer: SegmentSigner

    init(
        context: AttemptContext, plan: Plan, workspace: Workspace, log: LogWriter, stop: StopRequest
    ) throws(AttemptFailure) {
        self.context = context
        self.plan = plan
        self.workspace = workspace
        self.log = log
        self.stop = stop
        repository = workspace.path + "/packages"
        signer = SegmentSigner(key: try AttemptFailure.wrap { () throws(FarmError) in try context.signingKeys.key() })
    }

    /// Makes the packages, and writes beside them what the environment was.
    func assemble(_ lock: EnvironmentLock?) throws(AttemptFailure) {
        var options = PackageAssembly.Options()
        options.namespace = context.options.packages.namespace
        options.signer = signer
        let assembly = PackageAssembly(
            outputs: workspace.out, repository: repository, options: options, say: { [log] in log.say($0) },
            isStopped: { [stop] in stop.reason != nil })
        try log.inPhase(Self.phase) { () throws(AttemptFailure) in
            do throws(PackageFailure) { _ = try assembly.assemble(plan.packages) } catch {
                throw AttemptFailure(error.failureClass, error.message)
            }
            guard let lock else { return }
            let text = JSONValue.object(lock.withoutCredentials.json).text + "\n"
            try AttemptFailure.system { () throws(SystemError) in
                let file = try Files.open(
                    repository + "/environment.lock.json", [.write, .create, .exclusive, .noFollow], mode: 0o644)
                try file.writeAll(Array(text.utf8))
            }
        }
    }

    /// Takes the packages into the repository of the farm.
    func publish() throws(AttemptFailure) {
        let published = context.repository(signedBy: signer)
        try log.inPhase(Self.phase) { () throws(AttemptFailure) in
            try AttemptFailure.wrap { () throws(FarmError) in try published.publish(repository) }
        }
    }
}

extension AttemptContext {
    /// The repository that finished packages go into.
    func repository(signedBy signer: SegmentSigner) -> PublishedRepository {
        PublishedRepository(folder: options.packages.repository ?? store.directory.packages, signer: signer)
    }
}
