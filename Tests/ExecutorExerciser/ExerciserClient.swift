import EngineClient
import FarmModel
import HostSystem
import NIOCore
import Synchronization

/// What a daemon is asked by the client alone: `push` and `pull` with the credentials in `BF_EXERCISER_CREDENTIALS` as USER:PASSWORD,
/// `remove`, `save`, and `container`, the life of one. Images are pushed, pulled and saved with their progress and size on standard output.
struct ExerciserClient: Sendable {
    private static let label = "bf.exerciser"

    let client: EngineClient
    private let credentials: RegistryCredentials?

    init(_ address: String) throws {
        client = try EngineClient(try EngineAddress(address))
        let parts = Environment.value("BF_EXERCISER_CREDENTIALS")?.split(separator: ":").map(String.init)
        credentials = parts.map { RegistryCredentials(user: $0.first ?? "", password: $0.last ?? "") }
    }

    /// Waits for the end of one verb.
    /// - Returns: what it came to.
    func run(_ verb: String, _ name: String) throws -> JSONObject {
        let done = try EventDescriptor()
        let shared = Shared()
        Task {
            do {
                let object = try await perform(verb, name)
                shared.result.withLock { $0 = .success(object) }
            } catch { shared.result.withLock { $0 = .failure(error) } }
            try? done.raise()
        }
        _ = try Poller.wait([.init(done.descriptor, .readable)], timeoutMilliseconds: nil)
        return try shared.result.withLock { $0 }?.get() ?? JSONObject()
    }

    private final class Shared: Sendable {
        let result = Mutex<Result<JSONObject, any Error>?>(nil)
    }

    private func perform(_ verb: String, _ name: String) async throws -> JSONObject {
        let steps = Atomic(Int64(0))
        switch verb {
        case "push": try await client.push(name, credentials: credentials) { _ in steps.add(1, ordering: .relaxed) }
        case "pull": try await client.pull(name, credentials: credentials) { _ in steps.add(1, ordering: .relaxed) }
        case "save":
            let bytes = Atomic(Int64(0))
            try await client.save(name) { bytes.add(Int64($0.readableBytes), ordering: .relaxed) }
            return ["bytes": .int(bytes.load(ordering: .relaxed))]
        case "container": return try await live(in: name)
        default: try await client.removeImage(name)
        }
        return ["steps": .int(steps.load(ordering: .relaxed))]
    }

    /// A container that prints, is asked to end and is removed, and what the daemon tells of it meanwhile.
    private func live(in image: String) async throws -> JSONObject {
        let mark = RandomBytes.hexadecimal(8)
        var container = ContainerSpecification(image: image)
        container.command = ["/bin/sh", "-c", "trap 'echo asked; exit 7' TERM; echo begun; echo wrong >&2; while :; do sleep 0.1; done"]
        container.labels = [Self.label: mark]
        let events = Mutex<[String]>([])
        let following = Task { [client] in
            try await client.events(filters: ["type": ["container"], "label": ["\(Self.label)=\(mark)"]]) { event in
                guard let action = event["Action"]?.string ?? event["status"]?.string else { return }
                events.withLock { $0.append(action) }
            }
        }
        defer { following.cancel() }
        try await Task.sleep(for: .milliseconds(200))
        let id = try await client.createContainer(container)
        try await client.startContainer(id)
        try await client.startContainer(id)
        while try await logs(of: id)["error"] == nil { try await Task.sleep(for: .milliseconds(20)) }
        try await client.stopContainer(id, seconds: 20)
        let code = try await client.waitForContainer(id)
        var result = try await logs(of: id)
        result.add("code", Int64(code))
        result.add("found", Int64(try await client.containers(labels: container.labels).count))
        try await client.removeContainer(id)
        try await client.removeContainer(id)
        for _ in 0..<100 where !events.withLock({ $0.contains { $0 == "destroy" || $0 == "remove" } }) {
            try await Task.sleep(for: .milliseconds(50))
        }
        let known = ["create", "start", "die", "died", "destroy", "remove"]
        result["events"] = .array(events.withLock { $0 }.filter(known.contains).map(JSONValue.string))
        return result
    }

    private func logs(of id: String) async throws -> JSONObject {
        let texts = Mutex<[String: String]>([:])
        try await client.logs(id) { stream, bytes in
            texts.withLock { $0[stream == .error ? "error" : "output", default: ""] += String(buffer: bytes) }
        }
        var object = JSONObject()
        for (name, text) in texts.withLock({ $0 }).sorted(by: { $0.key < $1.key }) { object[name] = .string(text) }
        return object
    }
}
