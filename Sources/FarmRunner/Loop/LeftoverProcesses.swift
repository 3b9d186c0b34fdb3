import Execution
import FarmStore
import HostSystem

/// The processes that an attempt of a dead runner may still have.
struct LeftoverProcesses {
    private let process: ProcessIdentity?
    private let controlGroups: [String]

    init(_ attempt: OpenAttempt) {
        process = attempt.process.map { ProcessIdentity(identifier: $0.pid, startTime: $0.start, bootIdentifier: $0.boot) }
        controlGroups = attempt.controlGroups
    }

    /// Kills them until the attempt's lock is free and held by `lock`; false if it is not within the patience.
    func killUntilFree(_ lock: FileLock, patienceMilliseconds: Int64) -> Bool {
        let deadline = Clock.boottimeMilliseconds + patienceMilliseconds
        while true {
            kill()
            if (try? lock.tryExclusive()) == true { return true }
            if Clock.boottimeMilliseconds >= deadline { return false }
            _ = try? Poller.wait([], timeoutMilliseconds: 20)
        }
    }

    func kill() {
        ControlGroups.endAll(in: controlGroups)
        _ = try? process?.kill(.kill)
    }
}
