/// What one archive may become.
public struct UnpackLimits: Sendable {
    /// Bytes of all files together, holes included.
    public var bytes: Int64 = 16 << 30
    /// Entries, refused and skipped ones included.
    public var entries = 1_000_000
    /// Bytes of a path.
    public var pathBytes = 4_096
    /// Folders within folders.
    public var depth = 128
    /// Bytes of content for each byte of the archive; looked at once there are more than `ratioFloor` bytes.
    public var ratio: Int64 = 1_000
    /// See `ratio`.
    public var ratioFloor: Int64 = 256 << 20

    /// The limits that suit most.
    public init() {}
}
