internal import CHostSystem
internal import Glibc
internal import Synchronization

/// A process this one started. Its owner must wait for it, else it stays as a zombie.
public final class ChildProcess: Sendable {
    /// The process id; it is not given to another process before `wait` has returned.
    public let identifier: Int32
    /// The pidfd, readable once the process has ended.
    public let handle: Descriptor
    private let exit = Mutex<ProcessExit?>(nil)

    init(identifier: Int32, handle: Descriptor) {
        self.identifier = identifier
        self.handle = handle
    }

    /// Waits for the end and reaps the process. Any number of threads may wait; all get the same answer.
    public func wait() throws(SystemError) -> ProcessExit {
        _ = try Poller.wait([.init(handle, .readable)], timeoutMilliseconds: nil)
        return try reap()
    }

    /// The end of the process if it has ended, without waiting.
    public func exitIfEnded() throws(SystemError) -> ProcessExit? {
        try hasEnded() ? reap() : nil
    }

    /// Whether the process has ended. It is not reaped.
    public func hasEnded() throws(SystemError) -> Bool {
        try !Poller.wait([.init(handle, .readable)], timeoutMilliseconds: 0).isEmpty
    }

    /// Sends a signal. A process that has ended already is no failure.
    public func signal(_ signal: Signal) throws(SystemError) {
        try ignoringGone { () throws(SystemError) in
            try SystemCall.value("signal process \(identifier)") { bf_pidfd_send_signal(handle.number, signal.number) }
        }
    }

    /// Sends a signal to the process group that the child leads (`startsSession`).
    /// After the child is reaped its number may belong to others, so nothing is sent then.
    public func signalGroup(_ signal: Signal) throws(SystemError) {
        try whileUnreaped { () throws(SystemError) in
            try SystemCall.value("signal process group \(identifier)") { kill(-identifier, signal.number) }
        }
    }

    /// Kills every process of the session that the child leads, those in process groups of their own included. As `signalGroup`, not after
    /// the child is reaped.
    public func killSession() throws(SystemError) {
        try whileUnreaped { () throws(SystemError) in
            _ = kill(-identifier, SIGKILL)
            try ProcessSession.kill(identifier)
        }
    }

    private func reap() throws(SystemError) -> ProcessExit {
        try exit.withLock { (exit) throws(SystemError) in
            if let exit { return exit }
            var raw = bf_exit()
            try SystemCall.value("wait for process \(identifier)") { bf_wait(handle.number, &raw) }
            let result = ProcessExit(raw)
            exit = result
            return result
        }
    }

    private func whileUnreaped(_ body: () throws(SystemError) -> Void) throws(SystemError) {
        try exit.withLock { (exit) throws(SystemError) in
            if exit == nil { try ignoringGone(body) }
        }
    }

    private func ignoringGone(_ body: () throws(SystemError) -> Void) throws(SystemError) {
        do { try body() } catch let error where error.isGone {}
    }
}
