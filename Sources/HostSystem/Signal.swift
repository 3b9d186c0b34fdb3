internal import CHostSystem
internal import Glibc

/// A signal.
public struct Signal: Sendable, Hashable, CustomStringConvertible {
    /// The signal's number on this system.
    public let number: Int32

    /// The signal of that number.
    public init(_ number: Int32) { self.number = number }

    /// SIGTERM: end in good order.
    public static let terminate = Signal(SIGTERM)
    /// SIGINT: Ctrl-C.
    public static let interrupt = Signal(SIGINT)
    /// SIGQUIT: Ctrl-\.
    public static let quit = Signal(SIGQUIT)
    /// SIGHUP: the terminal is gone.
    public static let hangUp = Signal(SIGHUP)
    /// SIGKILL: ends without a chance to react.
    public static let kill = Signal(SIGKILL)
    /// SIGSTOP: stops without a chance to react.
    public static let stop = Signal(SIGSTOP)
    /// SIGCONT: goes on after a stop.
    public static let resume = Signal(SIGCONT)
    /// SIGTSTP: Ctrl-Z.
    public static let terminalStop = Signal(SIGTSTP)
    /// SIGTTIN: a background process reads from the terminal.
    public static let terminalInput = Signal(SIGTTIN)
    /// SIGTTOU: a background process writes to the terminal.
    public static let terminalOutput = Signal(SIGTTOU)
    /// SIGPIPE: nobody reads what is written.
    public static let brokenPipe = Signal(SIGPIPE)
    /// SIGCHLD: a child ended or stopped.
    public static let child = Signal(SIGCHLD)
    /// SIGWINCH: the terminal has another size.
    public static let windowChange = Signal(SIGWINCH)
    /// SIGXCPU: the soft limit of CPU time is reached.
    public static let processorTimeLimit = Signal(SIGXCPU)
    /// SIGXFSZ: the limit of a file's size is reached.
    public static let fileSizeLimit = Signal(SIGXFSZ)
    /// SIGUSR1.
    public static let user1 = Signal(SIGUSR1)
    /// SIGUSR2.
    public static let user2 = Signal(SIGUSR2)
    /// SIGALRM: a timer.
    public static let alarm = Signal(SIGALRM)

    /// The name, for instance `SIGTERM`; `signal 40` for one without a name.
    public var description: String {
        bf_signal_name(number).map { "SIG" + String(cString: $0) } ?? "signal \(number)"
    }
}

/// A set of signals, as a bit mask: signal n is bit n - 1.
public struct SignalSet: OptionSet, Sendable {
    /// The bit mask.
    public let rawValue: UInt64

    /// The set of that bit mask.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The set of these signals.
    public init(_ signals: Signal...) {
        rawValue = signals.reduce(0) { $0 | 1 << UInt64($1.number - 1) }
    }

    /// Those by which people and service managers end a program.
    public static let termination = SignalSet(.terminate, .interrupt, .quit, .hangUp)
    /// All that would stop or end a program at an arbitrary place, if it can be prevented.
    public static let stopAndTermination = termination.union(
        SignalSet(.terminalStop, .terminalInput, .terminalOutput, .processorTimeLimit, .fileSizeLimit, .alarm, .user1, .user2))
}
