import FarmModel
import FarmStore
import HostSystem

/// Makes a runner known, and holds the lock that shows that it lives.
final class RunnerRegistration {
    let id: RunnerID
    private let store: Store
    private let lock: FileLock

    init(store: Store, options: RunnerOptions) throws(FarmError) {
        self.store = store
        let process = ProcessIdentity.current
        var description = RunnerDescription(
            pid: process.identifier, processStart: process.startTime, host: Host.name, command: "bf-run -j \(options.slots)",
            slots: options.slots, abilities: options.abilities, machine: RunnerMachine.record(options.isolation, store.directory))
        description.share = options.share
        id = try store.register(description)
        let path = store.directory.runnerLock(id)
        lock = try FarmError.wrap { () throws(SystemError) in
            let lock = try FileLock(path: path)
            // Another runner may be trying it right now, to see whether this one lives.
            try lock.lock(.exclusive, timeout: .seconds(10))
            return lock
        }
    }

    /// The row goes last: who is killed before that, or cannot remove the lock, leaves both to the next runner.
    func end() {
        guard (try? Files.removeFile(lock.path)) != nil else { return }
        try? store.unregister(id)
    }
}
