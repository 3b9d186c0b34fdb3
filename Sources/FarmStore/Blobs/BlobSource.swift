public import FarmModel
public import HostSystem

/// Where the bytes behind digests come from.
public protocol BlobSource: Sendable {
    /// Copies a blob's bytes into a file and checks them on the way.
    func copy(_ digest: Digest, to destination: Descriptor) throws(FarmError)

    /// Reads and checks the manifest of a tree.
    func manifest(_ tree: Digest) throws(FarmError) -> TreeManifest
}

extension BlobStore: BlobSource {}
