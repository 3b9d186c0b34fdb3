internal import CHostSystem
internal import Glibc

/// A lock (flock) on a file, through an open file description of its own: it excludes every other `FileLock`, those of this process included.
///
/// The lock belongs to the open file description. It lasts until `unlock`, or until the last descriptor of it is closed: a child that was
/// given `descriptor` holds it on when this process is gone.
public final class FileLock: Sendable {
    /// How a lock is held.
    public enum Mode: Sendable {
        /// Together with other shared holders.
        case shared
        /// Alone.
        case exclusive

        var operation: Int32 { self == .shared ? LOCK_SH : LOCK_EX }
    }

    /// The lock file.
    public let path: String
    /// The descriptor that carries the lock, to be passed to a child that shall hold it too.
    public let descriptor: Descriptor

    /// Opens the lock file, which is created with mode 0600 if it is missing. Takes no lock yet.
    public init(path: String, in folder: Descriptor? = nil) throws(SystemError) {
        self.path = path
        descriptor = try Files.open(path, [.read, .write, .create, .noFollow], mode: 0o600, in: folder)
    }

    /// The lock of the same open file description, once the file has another path.
    public init(_ lock: FileLock, movedTo path: String) {
        self.path = path
        descriptor = lock.descriptor
    }

    /// Takes the lock alone if nobody holds it now.
    public func tryExclusive() throws(SystemError) -> Bool { try tryLock(.exclusive) }

    /// Takes the lock shared if nobody holds it alone now.
    public func tryShared() throws(SystemError) -> Bool { try tryLock(.shared) }

    /// Waits for the lock in the kernel's queue.
    /// - Parameters:
    ///   - noticeAfter: the wait after which `onNotice` is called, once; nil for never.
    ///   - timeout: the longest wait.
    ///   - onNotice: tells people whom they wait for. The time it takes counts as waiting.
    /// - Throws: `SystemError`; `isTimeout` when the time is over.
    public func lock(
        _ mode: Mode, noticeAfter: Duration? = nil, timeout: Duration, onNotice: () -> Void = {}
    ) throws(SystemError) {
        if try tryLock(mode) { return }
        let start = Clock.boottimeMilliseconds
        let limit = max(0, timeout.milliseconds)
        if let notice = noticeAfter?.milliseconds, notice < limit {
            if try wait(mode, milliseconds: max(0, notice)) { return }
            onNotice()
        }
        if try !wait(mode, milliseconds: max(0, limit - (Clock.boottimeMilliseconds - start))) {
            throw SystemError(code: ETIMEDOUT, attempt: "lock", path: path)
        }
    }

    /// Gives the lock back, for all who hold this open file description.
    public func unlock() throws(SystemError) {
        try SystemCall.value("unlock", path) { flock(descriptor.number, LOCK_UN) }
    }

    /// True while the file at the path is still the one that was opened. Who removes lock files does so holding them alone; whoever has waited
    /// for one meanwhile holds a file that nobody else will find, and has to open it anew.
    public var isCurrent: Bool {
        guard let own = try? descriptor.status(), let found = try? Files.status(path) else { return false }
        return own.inode == found.inode && own.device == found.device
    }

    /// Gives the lock file the present as its time, which tells those who tidy up when the lock was used last.
    public func noteUse() throws(SystemError) {
        try SystemCall.value("set the times of", path) { futimens(descriptor.number, nil) }
    }

    /// Writes the holder into the lock file; only sensible while the lock is held.
    public func writeHolder(_ holder: LockHolder) throws(SystemError) {
        let line = Array(holder.line.utf8)
        try descriptor.writeAll(line, at: 0)
        try descriptor.truncate(to: Int64(line.count))
    }

    /// The holder written last; nil when there is none. It may have ended since, and may change at any time.
    public func readHolder() throws(SystemError) -> LockHolder? {
        LockHolder(parsing: String(decoding: try descriptor.read(atMost: 512, at: 0), as: UTF8.self))
    }

    private func tryLock(_ mode: Mode) throws(SystemError) -> Bool {
        do {
            try SystemCall.value("lock", path) { flock(descriptor.number, mode.operation | LOCK_NB) }
            return true
        } catch let error where error.code == EWOULDBLOCK {
            return false
        }
    }

    private func wait(_ mode: Mode, milliseconds: Int64) throws(SystemError) -> Bool {
        do {
            try SystemCall.value("lock", path) {
                bf_flock_wait(descriptor.number, mode.operation, min(milliseconds, Self.longestWait))
            }
            return true
        } catch let error where error.isTimeout {
            return false
        }
    }

    /// About 24 days, so that no sum of times overflows.
    private static let longestWait: Int64 = 1 << 31
}
