internal import CHostSystem

/// How a process ended.
public enum ProcessEnding: Sendable, Equatable {
    /// It ended by itself with this code.
    case exited(Int32)
    /// This signal ended it.
    case signalled(Signal)
}

/// The end of a process and what it and its reaped children used.
public struct ProcessExit: Sendable, Equatable {
    /// How it ended.
    public let ending: ProcessEnding
    /// CPU time outside the kernel.
    public let userMicroseconds: UInt64
    /// CPU time inside the kernel.
    public let systemMicroseconds: UInt64
    /// The largest resident set of one process. Never less than that of the spawning process at the start, whose memory the child shares until exec.
    public let maximumResidentKibibytes: UInt64

    /// It exited with code 0.
    public var isSuccess: Bool { ending == .exited(0) }

    init(_ raw: bf_exit) {
        ending = raw.signalled == 0 ? .exited(raw.status) : .signalled(Signal(raw.status))
        userMicroseconds = raw.user_microseconds
        systemMicroseconds = raw.system_microseconds
        maximumResidentKibibytes = raw.maximum_resident_kibibytes
    }
}
