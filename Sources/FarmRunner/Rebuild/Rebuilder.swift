public import Execution
public import FarmModel
public import FarmStore
public import HostSystem
internal import Recipes
internal import Synchronization

/// How jobs are to be built again.
public struct RebuildOptions: Sendable {
    /// What is not to be varied.
    public var kept: Set<Variation.Aspect> = []
    /// How they are kept apart from the machine; nil is as it was.
    public var isolation: Isolation?
    /// Phases may ask for the machine's own network.
    public var allowsHostNetwork = false
    /// How packages are made.
    public var packages = PackageOptions()

    /// Everything varied, isolation as it was.
    public init() {}
}

/// Builds recorded jobs again, one after the other. What is built is compared and then removed: nothing of the farm changes but that the
/// result is recorded. SIGINT, SIGTERM, SIGQUIT and SIGHUP end it with grace, a second one at once.
public final class Rebuilder {
    private let store: Store
    private let options: RebuildOptions
    private let scratch: RebuildScratch
    private let groups: ControlGroupSlot?
    private let interruption: Interruption
    private let hostRoot = HostRootDigest()
    private let logs: LogKeeper

    /// The number of the signal that ended it; nil if none did.
    public var endingSignal: Int32? { interruption.signal }

    /// Prepares to build. To be called before the first thread is started, as signals are received from now on.
    public init(store: Store, options: RebuildOptions) throws(FarmError) {
        self.store = store
        self.options = options
        do throws(SystemError) {
            logs = try LogKeeper()
            interruption = try Interruption()
            scratch = try RebuildScratch(store.directory)
            groups = try ControlGroups(farm: store.directory.farmName, rebuild: scratch.id).makeSlot(0)
        } catch {
            throw FarmError(error)
        }
    }

    /// Removes the scratch.
    public func end() {
        groups?.remove()
        scratch.remove()
    }

    /// Builds one job again and records what it came to; nil if it was stopped by a signal.
    /// - Throws: `unavailable` if the machine cannot do it, `noInput` if something that went into it is gone.
    public func rebuild(_ work: RecordedWork, _ action: VerificationRecord.Action) throws(FarmError) -> VerificationRecord? {
        let start = Clock.boottimeMilliseconds
        let rebuild = try prepare(work, action)
        defer { finish(rebuild) }
        let result: Rebuild.Result
        do throws(AttemptFailure) { result = try rebuild.run() } catch {
            if endingSignal != nil { return nil }
            throw Self.error(error, of: work)
        }
        if endingSignal != nil { return nil }
        var record = VerificationRecord(
            action: action, job: work.job, build: work.build, name: work.identity.description, attempt: work.attempt?.id)
        try judge(result, work, &record)
        try report(rebuild, &record)
        if endingSignal != nil { return nil }
        record.endedMilliseconds = Clock.wallMilliseconds
        record.durationMilliseconds = Clock.boottimeMilliseconds - start
        try store.record(record)
        return record
    }

    /// Opens a shell where the phases of an attempt would run, until the person leaves it; nothing is recorded.
    /// - Parameters:
    ///   - terminal: the person's, for reading and writing.
    ///   - type: its kind, `$TERM`.
    public func openShell(_ work: RecordedWork, on terminal: Descriptor, type: String) throws(FarmError) {
        let rebuild = try prepare(work, .replay)
        defer { finish(rebuild) }
        guard rebuild.context.options.isolation == .sandbox else {
            throw FarmError(.unavailable, "a shell needs a sandbox, and \(work.job) was built without; give --isolation sandbox")
        }
        do throws(AttemptFailure) { try rebuild.openShell(on: terminal, type: type) } catch {
            if endingSignal == nil { throw Self.error(error, of: work) }
        }
    }

    private func prepare(_ work: RecordedWork, _ action: VerificationRecord.Action) throws(FarmError) -> Rebuild {
        let context = try context(work)
        let workspace = try FarmError.wrap { () throws(SystemError) in try scratch.makeWorkspace("run") }
        return Rebuild(
            context: context, work: work, scratch: scratch, workspace: workspace, stop: try interruption.begin(),
            onStart: { [interruption] in interruption.note($0) }
        ) { [options] root in
            action == .verify ? Self.variation(options, context.options.isolation, root) : Variation()
        }
    }

    private func finish(_ rebuild: Rebuild) {
        interruption.finish()
        try? rebuild.workspace.remove()
    }

    private func context(_ work: RecordedWork) throws(FarmError) -> AttemptContext {
        var runner = RunnerOptions()
        runner.isolation = options.isolation ?? Isolation(rawValue: work.isolation) ?? .sandbox
        runner.allowsHostNetwork = options.allowsHostNetwork
        runner.packages = options.packages
        return AttemptContext(
            store: store, recipes: .standard, executor: try ExecutorChoice.make(runner), options: runner, runner: RunnerID(0),
            controlGroups: ControlGroupShelf([groups]), logs: logs, hostRoot: hostRoot)
    }

    private static func variation(_ options: RebuildOptions, _ isolation: Isolation, _ rootPath: String?) -> Variation {
        var variation = Variation.other(than: isolation, rootPath: rootPath)
        for aspect in options.kept { variation.reset(aspect) }
        return variation
    }

    /// What could not be laid out is no judgement on the job.
    private static func error(_ failure: AttemptFailure, of work: RecordedWork) -> FarmError {
        FarmError(failure.failure == .badInput ? .noInput : .unavailable, "\(work.job) (\(work.identity)): \(failure.message)")
    }

    private func judge(_ result: Rebuild.Result, _ work: RecordedWork, _ record: inout VerificationRecord) throws(FarmError) {
        record.variations = result.variation.json
        record.recordedTree = work.tree
        record.rebuiltTree = result.manifest.map { StoredTree($0).digest }
        if let failure = result.failure {
            (record.verdict, record.failure, record.message) = (.failed, failure.failure, failure.message)
        } else if let tree = work.tree, let manifest = result.manifest {
            let differences = tree == record.rebuiltTree ? [] : TreeDifference.between(try store.blobs.manifest(tree), manifest)
            record.verdict = differences.isEmpty ? .reproducible : .different
            record.differenceCount = differences.count
            record.differences = Array(differences.prefix(VerificationRecord.mostDifferences))
            record.message = Self.message(differences, result.variation)
        }
        guard record.verdict != .reproducible, let then = work.inputs?["environment"]?.string, then != result.environment else { return }
        record.message = [record.message, "the root file system has changed since"].compactMap(\.self).joined(separator: "; ")
    }

    private static func message(_ differences: [TreeDifference], _ variation: Variation) -> String? {
        guard !differences.isEmpty else { return nil }
        let count = differences.count == 1 ? "1 path differs" : "\(differences.count) paths differ"
        guard variation.fileModeMask != nil, differences.allSatisfy(\.isModeOnly) else { return count }
        return "\(count), only in mode: by the umask, which --keep umask leaves as it was"
    }

    /// Notes where log and report are.
    private func report(_ rebuild: Rebuild, _ record: inout VerificationRecord) throws(FarmError) {
        let log = rebuild.file("log")
        if ((try? Files.statusIfPresent(log)) ?? nil) != nil { record.log = log }
        guard record.verdict == .different, let tree = record.recordedTree, DifferenceReport.isPossible else { return }
        let path = rebuild.file("diff")
        try FarmError.wrap { () throws(SystemError) in
            try Files.makeFolders(store.directory.logs(rebuild.work.build, rebuild.work.job), mode: 0o700)
        }
        let report = DifferenceReport(context: rebuild.context, scratch: scratch, stop: rebuild.stop)
        if report.write(recorded: tree, rebuilt: rebuild.workspace.out, to: path) { record.report = path }
    }
}
