import FarmModel
import HostSystem

/// `artifacts.lock`, held alone: nobody is adding blobs meanwhile.
struct ArtifactsLock {
    private let lock: FileLock

    init(_ directory: StateDirectory) throws(FarmError) {
        lock = try FarmError.wrap { () throws(SystemError) in try FileLock(path: directory.artifactsLock) }
    }

    func holding<T>(_ body: () throws(FarmError) -> T) throws(FarmError) -> T {
        do throws(SystemError) {
            try lock.lock(.exclusive, timeout: .seconds(60))
        } catch {
            guard error.isTimeout else { throw FarmError(error) }
            throw FarmError(.temporary, "jobs or submissions have been storing files for 60 s; try again later")
        }
        defer { try? lock.unlock() }
        return try body()
    }
}
