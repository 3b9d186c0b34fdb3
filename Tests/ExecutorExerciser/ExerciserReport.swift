import Execution
import FarmModel
import FarmStore
import HostSystem

/// What a run came to, as one JSON object: `result`, `class` and `message` of the failure, each phase, and the digest of the outputs.
struct ExerciserReport {
    let outcome: ExecutionOutcome
    let workspace: Workspace
    /// Where blobs go.
    let scratch: String

    var json: JSONObject {
        var object = JSONObject()
        switch outcome.result {
        case .success:
            object.add("result", "success")
            addTree(&object)
        case .stopped(let reason): object.add("result", "stopped \(reason.rawValue)")
        case .failed(let failure):
            object.add("result", "failed")
            add(failure, &object)
        }
        object["phases"] = .array(outcome.phases.map { .string(Self.text($0)) })
        return object
    }

    private func add(_ failure: ExecutionFailure, _ object: inout JSONObject) {
        object.add("class", failure.failure.rawValue)
        object.add("message", failure.message)
        object.add("exit_code", failure.exitCode.map(Int64.init))
        object.add("signal", failure.signal.map(Int64.init))
    }

    /// What the runner would make of the outputs.
    private func addTree(_ object: inout JSONObject) {
        do {
            let session = try BlobStore(newAt: scratch).beginSession()
            var reader = TreeReader(session: session)
            let tree = try reader.read(try Files.open(workspace.out, [.read, .folder, .noFollow])).tree
            object.add("tree", "\(tree.digest)")
        } catch TreeProblem.refused(let message) {
            object["result"] = "failed"
            object.add("class", "build")
            object.add("message", "outputs: \(message)")
        } catch {
            object["result"] = .string("\(error)")
        }
    }

    private static func text(_ phase: PhaseRecord) -> String {
        var words = [phase.name]
        if let reason = phase.skipped { words.append("skipped: \(reason)") }
        if let code = phase.exitCode { words.append("exit \(code)") }
        if let signal = phase.signal { words.append("signal \(signal)") }
        if let failure = phase.failure { words.append(failure.rawValue) }
        return words.joined(separator: " ")
    }
}
