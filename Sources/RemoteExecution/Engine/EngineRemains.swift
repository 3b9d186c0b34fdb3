internal import EngineClient
internal import FarmModel

/// Removes what a run has on a daemon: all its containers, whatever they do, and its volumes.
struct EngineRemains: Sendable {
    let client: EngineClient
    /// The label that all of it has.
    let label: [String: String]

    private static let pause = Duration.milliseconds(50)

    /// When it returns the daemon has confirmed that there is nothing of it any more. It goes on until it is cancelled.
    func remove() async throws {
        while try await !removeContainers() { try await Task.sleep(for: Self.pause) }
        let volumes = try await client.volumes(labels: label)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for volume in volumes { group.addTask { try await client.removeVolume(volume) } }
            try await group.waitForAll()
        }
    }

    /// False if somebody else is removing one of them, which takes a moment.
    private func removeContainers() async throws -> Bool {
        let containers = try await client.containers(labels: label)
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            for id in containers { group.addTask { try await client.removeContainer(id, volumes: true) } }
            return try await group.reduce(true) { $0 && $1 }
        }
    }
}
