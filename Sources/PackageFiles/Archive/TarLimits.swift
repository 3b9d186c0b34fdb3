/// How much an archive may hold.
public struct TarLimits: Sendable {
    /// Entries.
    public var entries = 1_000_000
    /// Bytes of one extended header, in which long names and attributes stand.
    public var extendedHeader = 1 << 20
    /// Bytes of all files together.
    public var bytes: Int64 = 32 << 30
    /// Bytes of a path or a link's text.
    public static let path = 4_096
    /// The last second of the year 9999, in seconds since 1970.
    public static let time: Int64 = 253_402_300_799
    /// Bytes of one name of a path.
    public static let name = 255
    /// Names in a path.
    public static let depth = 256

    /// The limits that suit packages.
    public init() {}
}
