import Execution
import FarmModel
import FarmStore
import Glibc
import HostSystem
import RemoteExecution

/// Runs plans with one executor, without a farm around it: `executor-exerciser run CASE FOLDER KIND [ADDRESS]`, which prints a report, and
/// `probe KIND ADDRESS` and `end KIND ADDRESS`, which ends what is left of any such run. SIGTERM cancels a run. `push`, `pull`,
/// `remove`, `save` and `container ADDRESS IMAGE` are for the client alone.
///
/// `BF_EXERCISER_ATTEMPT` numbers the attempt, `BF_EXERCISER_RUNTIME` names a runtime, `BF_EXERCISER_TLS` is a backend's `tls` as JSON.
struct Exerciser {
    private static let patience: Int64 = 60_000
    private static let logLimit: Int64 = 1 << 30

    let attempt = AttemptID(Environment.value("BF_EXERCISER_ATTEMPT").flatMap { Int64($0) } ?? 1)
    let runner = RunnerID(1)

    func run(_ arguments: [String]) throws {
        guard arguments.count >= 3 else { throw FarmError(.usage, "too few arguments") }
        switch arguments[0] {
        case "run": try run(arguments[1], arguments[2], arguments[3], arguments.count > 4 ? arguments[4] : nil)
        case "probe":
            let facts = try remote(arguments[1], arguments[2]).probe(until: Clock.boottimeMilliseconds + Self.patience)
            let architectures = facts.architectures.map(\.name).joined(separator: " ")
            try say(["version": .string(facts.version), "architectures": .string(architectures), "figures": .object(facts.figures)])
        case "push", "pull", "remove", "save", "container": try say(ExerciserClient(arguments[1]).run(arguments[0], arguments[2]))
        case "end":
            let name = RunName(farm: "exerciser", attempt: attempt, runner: runner)
            try remote(arguments[1], arguments[2]).endLeftovers(of: name, until: Clock.boottimeMilliseconds + Self.patience)
            try say(["result": "ended"])
        default: throw FarmError(.usage, "what is \(arguments[0])?")
        }
    }

    private func run(_ path: String, _ folder: String, _ kind: String, _ address: String?) throws {
        let test = try ExerciserCase(path: path)
        let stop = try StopRequest()
        try stopAtSignals(stop)
        var request = try test.request(folder: folder, attempt: attempt, runner: runner)
        let executor: any Executor = kind == "sandbox" ? SandboxExecutor() : try remote(kind, address ?? "")
        let groups =
            kind == "sandbox"
            ? try ControlGroups(farm: "exerciser", runner: runner).makeSlot(Int(ProcessIdentity.current.identifier)) : nil
        request.controlGroups = groups
        let limit = test.plan.limits.logBytes ?? Self.logLimit
        let log = LogWriter(path: folder + ".log", indexPath: folder + ".idx", secrets: test.secretValues, limit: limit)
        let outcome = executor.execute(request, log: log, stop: stop) { _ in }
        (executor as? any RemoteExecutor)?.settle(until: Clock.boottimeMilliseconds + Self.patience)
        try log.flush()
        try say(ExerciserReport(outcome: outcome, workspace: request.workspace, scratch: folder + ".blobs").json)
    }

    private func remote(_ kind: String, _ address: String) throws -> any RemoteExecutor {
        var backend = BackendRecord(address: address, kind: BackendKind(rawValue: kind), architecture: Architecture.native.name)
        backend.runtime = Environment.value("BF_EXERCISER_RUNTIME")
        if let text = Environment.value("BF_EXERCISER_TLS") { backend.tls = try JSONParser.parse(text).object.map(BackendTLS.init) }
        return try RemoteExecutors.make(for: backend)
    }

    private func stopAtSignals(_ stop: StopRequest) throws {
        let signals = SignalSet(.terminate)
        _ = SignalMask.block(signals)
        let descriptor = try SignalDescriptor(signals)
        try Threads.start {
            _ = try? Poller.wait([.init(descriptor.descriptor, .readable)], timeoutMilliseconds: nil)
            try? stop.stop(.cancel)
        }
    }

    private func say(_ object: JSONObject) throws {
        try Descriptor.standardOutput.writeAll(Array((JSONValue.object(object).text + "\n").utf8))
    }
}

do {
    try Exerciser().run(Array(CommandLine.arguments.dropFirst()))
} catch {
    let text = (error as? ExecutionFailure)?.message ?? "\(error)"
    try Descriptor.standardError.writeAll(Array("executor-exerciser: \(text)\n".utf8))
    exit(1)
}
