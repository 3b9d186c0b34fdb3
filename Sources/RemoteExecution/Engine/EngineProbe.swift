internal import EngineClient
internal import Execution
internal import FarmModel

/// Finds out what a daemon is and can do.
struct EngineProbe: Sendable {
    private let client: EngineClient
    private let backend: BackendRecord

    init(_ client: EngineClient, _ backend: BackendRecord) {
        self.client = client
        self.backend = backend
    }

    func facts() async throws -> BackendFacts {
        let version = try await client.version()
        let info = try await client.info()
        var facts = BackendFacts(version: "\(version.product.rawValue) \(version.version)")
        facts.architectures =
            (EnginePlatform.architecture(version.architecture).map { [$0] } ?? []) + backend.emulates.compactMap { Architecture($0) }
        let runtimes = (info["Runtimes"]?.object?.members ?? []).map(\.key)
        facts.abilities = abilities(info, runtimes)
        facts.figures = figures(info)
        facts.advice = advice(info, runtimes)
        return facts
    }

    private func abilities(_ info: JSONObject, _ runtimes: [String]) -> [String] {
        var abilities = runtimes.map { "runtime:\($0)" }
        if info["MemoryLimit"]?.bool == true { abilities.append("memory-limit") }
        if info["PidsLimit"]?.bool == true { abilities.append("process-limit") }
        if info["CpuCfsQuota"]?.bool == true { abilities.append("cpu-limit") }
        return abilities.sorted()
    }

    private func figures(_ info: JSONObject) -> JSONObject {
        var figures = JSONObject()
        figures.add("cpus", info["NCPU"]?.int)
        figures.add("memory_bytes", info["MemTotal"]?.int)
        figures.add("containers_running", info["ContainersRunning"]?.int)
        figures.add("images", info["Images"]?.int)
        figures.add("storage_driver", info["Driver"]?.string)
        return figures
    }

    private func advice(_ info: JSONObject, _ runtimes: [String]) -> [String] {
        var advice: [String] = []
        if let runtime = backend.runtime, !runtimes.contains(runtime) {
            advice.append("the runtime \(runtime) is not known to the daemon; it has \(runtimes.sorted().joined(separator: ", "))")
        }
        if info["MemoryLimit"]?.bool == false { advice.append("memory cannot be limited; mount the memory controller of control groups") }
        if info["PidsLimit"]?.bool == false { advice.append("processes cannot be limited; mount the pids controller of control groups") }
        return advice
    }
}
