import Execution
import FarmModel
import FarmStore
import HostSystem

/// What is to be run, as a JSON object: `plan` as bf stores plans, `dependencies` and `secrets` by name, and what the runner would know.
struct ExerciserCase {
    let plan: Plan
    private let object: JSONObject

    init(path: String) throws {
        let bytes = try Files.readAll(path, limit: 1 << 24)
        guard let object = try JSONParser.parse(bytes: bytes).object, let plan = object["plan"]?.object else {
            throw FarmError(.badInput, "\(path): no plan")
        }
        self.object = object
        self.plan = try Plan(json: plan)
    }

    /// The values of all secrets, which no log may show.
    var secretValues: [[UInt8]] { secrets.map { Array($0.value.utf8) } }

    private var secrets: [(name: String, value: String)] { texts("secrets") }

    private func texts(_ key: String) -> [(name: String, value: String)] {
        (object[key]?.object?.members ?? []).map { ($0.key, $0.value.string ?? "") }
    }

    /// The request, in folders whose `build` the caller has filled.
    func request(folder: String, attempt: AttemptID, runner: RunnerID) throws -> ExecutionRequest {
        let workspace = Workspace(path: folder)
        try workspace.create()
        var request = ExecutionRequest(plan: plan, workspace: workspace)
        request.run = RunName(farm: "exerciser", attempt: attempt, runner: runner)
        request.dependencies = texts("dependencies").map { .init(name: $0.name, path: $0.value.isEmpty ? nil : $0.value) }
        let values = Dictionary(secrets.map { ($0.name, Array($0.value.utf8)) }) { first, _ in first }
        request.secrets = plan.secrets.map { .init(use: $0, value: values[$0.name] ?? []) }
        request.allowsHostNetwork = object["allow_host_network"]?.bool ?? false
        request.caches = try plan.caches.map { cache in
            let path = "\(folder)/../caches/\(Digest.of(Array(cache.id.utf8)).hex)"
            try Files.makeFolders(path, mode: 0o755)
            return .init(mount: cache, path: path)
        }
        if case .root(let path) = plan.environment {
            request.rootPath = path
            request.rootDigest = object["root_digest"]?.string
        }
        if let grace = object["grace_ms"]?.int { request.grace.signalMilliseconds = grace }
        return request
    }
}
