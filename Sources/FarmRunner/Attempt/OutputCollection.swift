import Execution
import FarmModel
import FarmStore
import Fetching
import HostSystem

/// Takes a job's outputs into the store, once all its processes are dead.
struct OutputCollection {
    /// What was collected; the session is to be kept until the end of the attempt is stored.
    struct Result {
        var tree: StoredTree
        var manifest: TreeManifest
        var session: BlobSession?
    }

    let store: Store
    let plan: Plan

    /// - Parameters:
    ///   - outputs: The folder that they are in.
    ///   - keeps: Whether the files go into the store; else they are only looked at.
    func collect(_ outputs: String, keeps: Bool = true) throws(AttemptFailure) -> Result {
        let folder = try AttemptFailure.system { () throws(SystemError) in try Files.open(outputs, [.read, .folder, .noFollow]) }
        let isEmpty = try AttemptFailure.system { () throws(SystemError) in try folder.isEmptyFolder() }
        let choice = OutputChoice(plan.outputs)
        if isEmpty {
            try requireMatches(choice, in: .empty)
            return Result(tree: .empty, manifest: .empty, session: nil)
        }
        let session = try AttemptFailure.wrap { () throws(FarmError) in try store.blobs.beginSession() }
        var reader = TreeReader(session: session, byteLimit: plan.limits.outputBytes ?? .max) { choice.verdict($0, isFolder: $1) }
        let read: (tree: StoredTree, manifest: TreeManifest)
        do throws(TreeProblem) { read = try reader.read(folder, keeps: keeps) } catch { throw Self.failure(error) }
        try requireMatches(choice, in: read.manifest)
        return Result(tree: read.tree, manifest: read.manifest, session: session)
    }

    private static func failure(_ problem: TreeProblem) -> AttemptFailure {
        switch problem {
        case .refused(let message): AttemptFailure(.build, "outputs: \(message)")
        case .tooLarge(let limit):
            AttemptFailure(.outputLimit, "the outputs are larger together than \(SizeText.text(bytes: limit)) (limits.output)")
        case .system(let error): AttemptFailure(.infrastructure, "outputs: \(error.message)")
        case .store(let error): AttemptFailure(.infrastructure, "outputs: \(error.message)")
        }
    }

    private func requireMatches(_ choice: OutputChoice, in manifest: TreeManifest) throws(AttemptFailure) {
        guard let pattern = choice.missing(among: manifest.entries.map(\.path)).first else { return }
        throw AttemptFailure(.build, "outputs: nothing under $BF_OUT matches \(JSONValue.string(pattern.glob).text)")
    }
}
