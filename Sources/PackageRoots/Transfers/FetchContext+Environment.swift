internal import Fetching
internal import HostSystem

extension FetchContext {
    /// - Throws: when stopped, or when the time is over.
    func check() throws(EnvironmentFailure) {
        try EnvironmentFailure.fetching { () throws(FetchFailure) in try pause(milliseconds: 0) }
    }

    /// Takes a lock, waiting for it as long as the context lasts; `notice` goes to the log when it takes longer than a moment.
    func lock(_ path: String, _ mode: FileLock.Mode, toBeTold notice: String) throws(EnvironmentFailure) -> FileLock {
        try EnvironmentFailure.fetching { () throws(FetchFailure) in try FetchFailure.lock(path, mode, self, toBeTold: notice) }
    }
}
