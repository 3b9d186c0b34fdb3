/// A tree whose files are in the store, as far as a transaction needs to know it.
public struct StoredTree: Sendable, Equatable {
    /// The tree's digest; also the digest of the blob that holds its manifest.
    public var digest: Digest
    /// The sizes of all files together.
    public var bytes: Int64
    /// How many files there are.
    public var files: Int
    /// Every blob it needs with its size, the manifest included.
    public var blobs: [Digest: Int64]

    /// Describes a manifest whose blobs are in the store.
    public init(_ manifest: TreeManifest) {
        let manifestBytes = manifest.bytes
        digest = Digest.of(manifestBytes)
        bytes = manifest.totalBytes
        files = manifest.fileCount
        blobs = [digest: Int64(manifestBytes.count)]
        for entry in manifest.entries { if case .file(let size, let digest) = entry.content { blobs[digest] = size } }
    }

    /// The tree without entries.
    public static let empty = StoredTree(.empty)
}
