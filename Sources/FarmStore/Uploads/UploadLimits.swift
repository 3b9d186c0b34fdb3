/// How much others may bring into the store before they submit what uses it.
public struct UploadLimits: Sendable {
    /// Bytes of one file.
    public var bytes: Int64 = 16 << 30
    /// Bytes of all files that are not complete.
    public var bytesInAll: Int64 = 64 << 30
    /// Files of one owner that are not complete.
    public var openOfOwner = 64
    /// Files of all owners that are not complete.
    public var openInAll = 1024
    /// Bytes of the file system that are left to others.
    public var freeBytes: UInt64 = 256 << 20
    /// Bytes of a manifest.
    public var manifestBytes = 64 << 20
    /// How long what was uploaded is kept without a build, in milliseconds.
    public var keptMilliseconds: Int64 = 86_400_000

    /// What suits a server.
    public init() {}

    /// A file that nobody went on with for so many milliseconds is given up.
    static let abandonedMilliseconds: Int64 = 86_400_000
    /// Digests in one question.
    static let digestsAtOnce = 10_000
}
