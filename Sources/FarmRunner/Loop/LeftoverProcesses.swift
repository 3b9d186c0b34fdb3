import Execution
import FarmModel
import FarmStore
import HostSystem

/// The processes that an attempt of a dead runner may still have.
struct LeftoverProcesses {
    private let process: AttemptProcess?
    /// The process id of the runner, which took the attempt's lock.
    private let runner: Int32?

    init(of attempt: AttemptID, in directory: StateDirectory, runner: Int32?) {
        self.runner = runner
        process = AttemptProcess(file: directory.attemptProcess(attempt))
    }

    /// Kills them until the attempt's lock is free and held by `lock`; false if it is not within the patience.
    func killUntilFree(_ lock: FileLock, patienceMilliseconds: Int64) -> Bool {
        let deadline = Clock.boottimeMilliseconds + patienceMilliseconds
        while true {
            kill()
            if (try? lock.tryExclusive()) == true { return true }
            killInheritors(of: lock)
            if Clock.boottimeMilliseconds >= deadline { return false }
            _ = try? Poller.wait([], timeoutMilliseconds: 20)
        }
    }

    /// Kills what is known of the attempt; a runner that is only stopped has a thread in its control groups.
    func kill(sparesRunner: Bool = false) {
        guard let process else { return }
        ControlGroups.endAll(in: process.controlGroups, sparing: sparesRunner ? runner : nil)
        _ = try? process.identity.kill(.kill)
    }

    /// A sandbox that had just been started when its runner died is recorded nowhere; but it has the lock.
    private func killInheritors(of lock: FileLock) {
        guard let runner else { return }
        for process in (try? LockInheritors.processes(holding: lock.path, takenBy: runner)) ?? [] { _ = try? process.kill(.kill) }
    }
}
