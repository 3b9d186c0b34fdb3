/// Caps on what a job may use. Not part of any digest. nil means no cap of bf's.
public struct Limits: Sendable, Equatable {
    /// Wall time of the whole job, in milliseconds.
    public var wallMilliseconds: Int64?
    /// Longest time without output, in milliseconds.
    public var silenceMilliseconds: Int64?
    /// CPU cores, for instance 1.5.
    public var cpus: Double?
    /// Memory of all processes together, in bytes.
    public var memoryBytes: Int64?
    /// Processes and threads alive at once.
    public var processes: Int64?
    /// Size of the log, in bytes.
    public var logBytes: Int64?
    /// Size of all outputs together, in bytes.
    public var outputBytes: Int64?

    /// The defaults: 10 hours, 1 hour of silence, 1 GiB of log, 16 GiB of outputs, 16 384 processes.
    public init() {
        wallMilliseconds = 36_000_000
        silenceMilliseconds = 3_600_000
        cpus = nil
        memoryBytes = nil
        processes = 16_384
        logBytes = 1 << 30
        outputBytes = 16 << 30
    }
}
