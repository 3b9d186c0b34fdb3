/// What a tree that is received may be.
public struct TreeLimits: Sendable, Equatable {
    /// Bytes of all files together.
    public var bytes: Int64
    /// Files, folders and links.
    public var entries = 1_000_000
    /// Bytes of a path.
    public var pathBytes = 4_096
    /// Folders within folders.
    public var depth = 128

    /// A tree of at most so many bytes.
    public init(bytes: Int64 = 16 << 30) { self.bytes = bytes }
}
