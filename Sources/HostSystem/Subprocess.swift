/// Runs short tools and captures what they print.
public enum Subprocess {
    /// Runs a tool to its end, in a session of its own that dies with this process.
    ///
    /// When the deadline is reached, `stop` becomes readable or too much is printed, the tool's process group gets SIGTERM, and after `grace`
    /// its whole session SIGKILL. After the tool itself has ended, what it left running may go on for 1 s while it keeps the tool's output open,
    /// and is then killed too; so the call never hangs on it.
    /// - Parameters:
    ///   - arguments: the tool's name or path and its arguments.
    ///   - environment: its whole environment, as `NAME=value`; a tool named without a slash is looked up in its `PATH`.
    ///   - input: its standard input; nil for /dev/null.
    ///   - limit: the most bytes of standard output. Of standard error the first `limit` bytes are kept and the rest is dropped.
    ///   - deadline: the end of its time, in `Clock.boottimeMilliseconds`.
    ///   - stop: ends the tool when it becomes readable; it is not read.
    /// - Throws: `SystemError` when the tool could not be started or awaited.
    public static func run(
        _ arguments: [String], environment: [String], workingDirectory: String? = nil, input: [UInt8]? = nil,
        limit: Int = 16 << 20, deadline: Int64, grace: Duration = .seconds(1), stop: Descriptor? = nil
    ) throws(SystemError) -> SubprocessResult {
        let output = try Descriptor.pipe()
        let error = try Descriptor.pipe()
        var request = SpawnRequest(arguments, environment: environment)
        request.workingDirectory = workingDirectory
        request.standardInput = try input.map(Descriptor.inMemory)
        request.standardOutput = output.writeEnd
        request.standardError = error.writeEnd
        request.diesWithParent = true
        let child = try SpawnThread.shared.spawn(request)
        output.writeEnd.close()
        error.writeEnd.close()
        var watch = try SubprocessWatch(
            child: child, output: CapturedStream(output.readEnd, limit: limit), error: CapturedStream(error.readEnd, limit: limit),
            deadline: deadline, grace: grace.milliseconds, stop: stop)
        return try watch.run()
    }
}

/// The end of a tool and what it printed.
public struct SubprocessResult: Sendable, Equatable {
    /// Why a tool was ended.
    public enum Interruption: Sendable, Equatable {
        /// Its time was over.
        case deadline
        /// The caller's stop descriptor became readable.
        case stopped
        /// It printed more than the limit.
        case outputLimit
    }

    /// How it ended.
    public let exit: ProcessExit
    /// Its standard output.
    public let output: [UInt8]
    /// Its standard error, or the start of it.
    public let error: [UInt8]
    /// Why it was ended; nil when it ended by itself.
    public let interruption: Interruption?

    /// It ended by itself, with exit code 0.
    public var isSuccess: Bool { interruption == nil && exit.isSuccess }
}
