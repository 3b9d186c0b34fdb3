internal import EngineClient
internal import Synchronization

/// Removes from a daemon what ended runs used, beside the next runs: nobody waits for that but at the very end. What cannot be removed stays
/// under the labels of a run that has ended, and is found by them.
final class EngineRemoval: Sendable {
    /// How long one run's removal may take.
    private static let patience = Duration.seconds(30)

    private let client: EngineClient
    private let tasks = Mutex<[String: Task<Void, Never>]>([:])

    init(_ client: EngineClient) { self.client = client }

    /// Begins to remove what a run used.
    /// - Parameter image: goes too, if it was for this run only.
    func begin(_ names: EngineNames, image: String?) {
        let key = names.volume("")
        tasks.withLock { tasks in
            tasks[key] = Task {
                await self.remove(names, image)
                self.tasks.withLock { _ = $0.removeValue(forKey: key) }
            }
        }
    }

    private func remove(_ names: EngineNames, _ image: String?) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [client] in
                try? await EngineRemains(client: client, label: names.runLabel).remove()
                if let image { try? await client.removeImage(image, force: true) }
            }
            group.addTask { try? await Task.sleep(for: Self.patience) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Waits for all that was begun.
    func settle() async {
        for task in tasks.withLock({ Array($0.values) }) { await task.value }
    }
}
