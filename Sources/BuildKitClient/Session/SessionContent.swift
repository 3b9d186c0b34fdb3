/// What a daemon can ask the client of a build for.
public struct SessionContent: Sendable {
    /// Folders that it can have, by name.
    public var folders: [String: UploadFolder] = [:]
    /// Secrets, by identifier.
    public var secrets: [String: [UInt8]] = [:]
    /// Name and password for a registry, by its host; nil for none.
    public var credentials: @Sendable (_ host: String) -> (name: String, secret: String)? = { _ in nil }
    /// Where the result goes, if it comes back.
    public var destination: ExportDestination?
    /// Tells the session's uploads from those of others: what was uploaded under the same key before is compared instead of sent.
    public var sharedKey = "bf"

    /// Nothing.
    public init() {}
}

/// Where the result of a build goes.
public enum ExportDestination: Sendable {
    /// A tree of files, by exporter `local`.
    case tree(any TreeSink, TreeLimits = TreeLimits())
    /// An archive, by exporters `tar`, `oci` and `docker`.
    case archive(any ByteSink)
}

/// Takes an archive, piece by piece. Its methods may block.
public protocol ByteSink: Sendable {
    /// The next bytes.
    func write(_ bytes: [UInt8]) throws
}
