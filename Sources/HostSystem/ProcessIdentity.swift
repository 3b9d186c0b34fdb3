internal import CHostSystem
internal import Glibc

/// A process, told apart from any other before or after it that had the same process id.
public struct ProcessIdentity: Sendable, Hashable {
    /// The process id.
    public let identifier: Int32
    /// Clock ticks from the boot to the start of the process.
    public let startTime: UInt64
    /// The boot in which the process was started.
    public let bootIdentifier: String

    /// A process as it was recorded earlier.
    public init(identifier: Int32, startTime: UInt64, bootIdentifier: String) {
        self.identifier = identifier
        self.startTime = startTime
        self.bootIdentifier = bootIdentifier
    }

    /// The process that has this id now; nil when there is none.
    public init?(of identifier: Int32) {
        guard let entry = ProcessTableEntry(identifier) else { return nil }
        self.init(identifier: identifier, startTime: entry.startTime, bootIdentifier: Clock.bootIdentifier)
    }

    /// This process.
    public static let current =
        ProcessIdentity(of: getpid()) ?? ProcessIdentity(identifier: getpid(), startTime: 0, bootIdentifier: Clock.bootIdentifier)

    /// The state letter of proc(5): `R` running, `S` and `D` sleeping, `T` stopped, `Z` ended but not reaped. nil when it is gone.
    public var state: Character? {
        guard bootIdentifier == Clock.bootIdentifier, let entry = ProcessTableEntry(identifier), entry.startTime == startTime
        else { return nil }
        return entry.state
    }

    /// Whether the process still runs or can run. A zombie does not.
    public var isAlive: Bool {
        guard let state else { return false }
        return state != "Z" && state != "X"
    }

    /// Sends a signal to this process and no other: a pidfd holds the process while its start time is compared.
    /// - Returns: false when the process is gone.
    /// - Throws: `SystemError`, for instance `EPERM`.
    @discardableResult
    public func kill(_ signal: Signal) throws(SystemError) -> Bool {
        let attempt = "signal process \(identifier)"
        do {
            let handle = try SystemCall.descriptor(attempt) { bf_pidfd_open(identifier) }
            guard state != nil else { return false }
            try SystemCall.value(attempt) { bf_pidfd_send_signal(handle.number, signal.number) }
            return true
        } catch let error where error.isGone {
            return false
        }
    }
}
