internal import FarmModel

/// What holds for documents that do not say it themselves. It is decided at submission and never part of a digest.
extension Setting {
    private static let builtIn = Limits()

    /// Wall time of a job.
    public static let limitsTime = Setting("limits.time", .duration(.none), time(builtIn.wallMilliseconds), "Wall time of a job.")
    /// Longest time without output.
    public static let limitsSilence = Setting(
        "limits.silence", .duration(.none), time(builtIn.silenceMilliseconds), "Longest time of a job without output.")
    /// Processor cores.
    public static let limitsCPUs = Setting("limits.cpus", .cores, "none", "Processor cores of a job.")
    /// Memory.
    public static let limitsMemory = Setting("limits.memory", .size(least: 1 << 20), "none", "Memory of all processes of a job.")
    /// Processes and threads.
    public static let limitsProcesses = Setting(
        "limits.processes", .count(1...4_194_304), builtIn.processes.map(String.init) ?? "none", "Processes and threads of a job.")
    /// Size of the log.
    public static let limitsLog = Setting("limits.log", .size(least: 1), size(builtIn.logBytes), "Size of a job's log.")
    /// Size of the outputs.
    public static let limitsOutput = Setting("limits.output", .size(least: 1), size(builtIn.outputBytes), "Size of a job's outputs.")

    /// Attempts in all.
    public static let retryAttempts = Setting(
        "retry.attempts", .integer(1...20), String(RetryPolicy().attempts), "Attempts of a job in all, the first included.")
    /// Failures that are tried again.
    public static let retryOn = Setting(
        "retry.on", .choices(FailureClass.allCases.map(\.rawValue)), RetryPolicy().classes.map(\.rawValue).sorted().joined(separator: ", "),
        "Failure classes that are tried again.")

    static let jobs = [
        limitsTime, limitsSilence, limitsCPUs, limitsMemory, limitsProcesses, limitsLog, limitsOutput, retryAttempts, retryOn,
    ]

    private static func time(_ milliseconds: Int64?) -> String { milliseconds.map { DurationText.text(milliseconds: $0) } ?? "none" }
    private static func size(_ bytes: Int64?) -> String { bytes.map { SizeText.text(bytes: $0) } ?? "none" }
}
