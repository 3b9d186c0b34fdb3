public import AlpinePackage
public import FarmModel

/// Writes the index of a repository, `APKINDEX.tar.gz`: a gzip member with a signature if there is a key, and one with the index.
public enum IndexWriter {
    /// How the file is called.
    public static let fileName = "APKINDEX.tar.gz"

    /// The bytes of the file; the same for the same index and key.
    /// - Throws: `badInput` where the key is no key.
    public static func bytes(of index: PackageIndex, signer: SegmentSigner?) throws(FarmError) -> [UInt8] {
        var archive = SegmentArchive(seconds: 0)
        archive.add(Array(index.description.utf8), at: "DESCRIPTION")
        archive.add(Array(index.text.utf8), at: "APKINDEX")
        archive.end()
        let segment = GzipMember.compressing(archive.bytes)
        return (try signer?.signature(over: segment, seconds: 0) ?? []) + segment
    }
}
