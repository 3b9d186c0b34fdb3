import FarmModel
import HostSystem
import Synchronization

/// The queue of writers, in all processes: `farm.lock`, and what must happen under it or right after it.
final class WriteLock: Sendable {
    private let directory: StateDirectory
    private let lock: FileLock
    private let command: String
    private let notice: @Sendable (String) -> Void

    private let limits: CheckpointLimits
    /// The log's size above which it is emptied next; grows while a reader is in the way.
    private let truncatesAbove: Atomic<Int64>

    private static let patience = Duration.seconds(60)
    private static let noticeAfter = Duration.seconds(2)

    init(
        directory: StateDirectory, command: String, limits: CheckpointLimits, notice: @escaping @Sendable (String) -> Void
    ) throws(FarmError) {
        self.directory = directory
        self.command = command
        self.limits = limits
        self.notice = notice
        truncatesAbove = Atomic(limits.truncatingBytes)
        lock = try FarmError.wrap { () throws(SystemError) in try FileLock(path: directory.farmLock) }
    }

    /// Runs `body` with the lock held. Signals that stop or end the process wait until it is given back: a stopped holder would stop the farm.
    /// Who only waits for the lock can be ended.
    func holding<T>(_ body: () throws(FarmError) -> T) throws(FarmError) -> T {
        try SignalMask.blocked(SignalSet.stopAndTermination.subtracting(.termination)) { () throws(FarmError) in
            try take()
            defer { try? lock.unlock() }
            return try SignalMask.blocked(.termination) { () throws(FarmError) in
                try? lock.writeHolder(.current(command: command))
                return try body()
            }
        }
    }

    private func take() throws(FarmError) {
        do throws(SystemError) {
            try lock.lock(.exclusive, noticeAfter: Self.noticeAfter, timeout: Self.patience) {
                notice("waiting for the write lock, held by \(holder)")
            }
        } catch {
            guard error.isTimeout else { throw FarmError(.inputOutput, "\(error)") }
            throw FarmError(.temporary, "the write lock \(directory.farmLock) was not free within 60 s; it is held by \(holder); try again")
        }
    }

    private var holder: String {
        guard let holder = (try? lock.readHolder()) ?? nil else { return "an unknown process" }
        return "\(holder.command) (process \(holder.identifier))"
    }

    /// Waits until every commit so far is on the disk. One wait covers the commits of all who wait at the same time.
    ///
    /// A failed wait is never repeated: the kernel reports an error once and then forgets it.
    func syncWriteAheadLog() throws(FarmError) {
        do throws(SystemError) {
            try Files.open(directory.writeAheadLog, .read).syncData()
        } catch {
            throw FarmError(.inputOutput, "\(error); what was just written may not survive a power cut: check the disk")
        }
    }

    /// Empties a write-ahead log that has grown, unless a reader is in the way: whoever is first to open the database after all others have
    /// closed it reads the whole log. Called with the lock held.
    func shorten(_ database: Connection) {
        if hasLongLog { _ = database.checkpoint(truncating: true) }
    }

    /// Whether the write-ahead log has more in it than should be left to whoever opens the database next.
    var hasLongLog: Bool {
        guard let size = try? Files.status(directory.writeAheadLog).size else { return false }
        return size > limits.leftBytes
    }

    /// Keeps the write-ahead log small. Called with the lock held, after a commit.
    func checkpointIfLarge(_ database: Connection) {
        guard let size = try? Files.status(directory.writeAheadLog).size, size > limits.passiveBytes else { return }
        let next = truncatesAbove.load(ordering: .relaxed)
        guard size > next else {
            _ = database.checkpoint(truncating: false)
            return
        }
        if database.checkpoint(truncating: true) {
            truncatesAbove.store(limits.truncatingBytes, ordering: .relaxed)
        } else {
            truncatesAbove.store(size * 2, ordering: .relaxed)
            notice(
                "the write-ahead log has \(size >> 20) MiB and a reader keeps it from shrinking: look for a stopped bf tool on \(directory.path)"
            )
        }
    }
}

/// How large the write-ahead log may get.
struct CheckpointLimits: Sendable {
    /// Above this many bytes the log is copied into the database as far as readers allow.
    var passiveBytes: Int64 = 32 << 20
    /// Above this many bytes the log is emptied, unless a reader is in the way.
    var truncatingBytes: Int64 = 256 << 20
    /// More than this is not left to whoever opens the database next.
    var leftBytes: Int64 = 1 << 20
}
