/// One reading of both clocks: wall time for display and ages, boot time for durations and time-outs.
public struct Moment: Sendable, Hashable {
    /// Milliseconds since 1970, as set by people and NTP.
    public var wallMilliseconds: Int64
    /// Milliseconds since boot, suspended time included (CLOCK_BOOTTIME).
    public var bootMilliseconds: Int64
    /// Tells one boot of the machine from another.
    public var bootIdentifier: String

    /// Creates a reading.
    public init(wallMilliseconds: Int64, bootMilliseconds: Int64, bootIdentifier: String) {
        self.wallMilliseconds = wallMilliseconds
        self.bootMilliseconds = bootMilliseconds
        self.bootIdentifier = bootIdentifier
    }
}
