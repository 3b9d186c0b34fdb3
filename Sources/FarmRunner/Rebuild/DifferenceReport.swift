import Execution
import FarmModel
import FarmStore
import HostSystem

/// Lets diffoscope say what differs within files, in a sandbox like any other work: both trees come from a build.
struct DifferenceReport {
    let context: AttemptContext
    let scratch: RebuildScratch
    let stop: StopRequest

    private static let program = "/usr/bin/diffoscope"
    private static let wallMilliseconds: Int64 = 600_000
    private static let mostBytes = 64 << 20

    /// Whether there can be a report.
    static var isPossible: Bool { (try? Files.status(program, following: true))?.type == .regular }

    /// Writes a report.
    /// - Parameters:
    ///   - recorded: the tree of the store.
    ///   - rebuilt: the folder with the other one.
    ///   - path: where the report goes.
    /// - Returns: false if there is none, for instance because diffoscope took too long.
    func write(recorded: Digest, rebuilt: String, to path: String) -> Bool {
        guard let workspace = try? scratch.makeWorkspace("report") else { return false }
        defer { try? workspace.remove() }
        let old = workspace.path + "/recorded"
        guard (try? lay(recorded, into: old)) != nil else { return false }
        var request = ExecutionRequest(plan: Self.plan, isolation: context.options.isolation, workspace: workspace)
        request.dependencies = [.init(name: "recorded", path: old), .init(name: "rebuilt", path: rebuilt)]
        request.heldLock = scratch.lock.descriptor
        request.controlGroups = context.controlGroups.only
        // What it prints itself is of no interest.
        let log = LogWriter(path: workspace.path + "/log", indexPath: workspace.path + "/idx", limit: 1 << 20)
        _ = context.executor.execute(request, log: log, stop: stop) { _ in }
        guard let bytes = try? Files.readAll(workspace.out + "/report", limit: Self.mostBytes), !bytes.isEmpty else { return false }
        return (try? Files.writeAtomically(bytes, to: path, mode: 0o600)) != nil
    }

    private func lay(_ tree: Digest, into path: String) throws(FarmError) {
        let manifest = try context.store.blobs.manifest(tree)
        let folder = try FarmError.wrap { () throws(SystemError) in
            try Files.makeFolder(path, mode: 0o755)
            return try Files.open(path, [.read, .folder])
        }
        try TreeWriter(blobs: context.store.blobs, sourceDateEpoch: Plan.defaultSourceDateEpoch).write(manifest, into: folder)
    }

    /// diffoscope ends with 1 where there are differences.
    private static var plan: Plan {
        let script = "cd \"$BF_DEPS\" && \(program) --exclude-directory-metadata=yes --text \"$BF_OUT/report\" recorded rebuilt || true"
        var plan = Plan(architecture: .native, phases: [Phase(name: "diffoscope", command: .script(script))])
        plan.limits.wallMilliseconds = wallMilliseconds
        plan.limits.outputBytes = Int64(mostBytes)
        return plan
    }
}
