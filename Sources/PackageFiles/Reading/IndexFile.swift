public import AlpinePackage
public import FarmModel
public import HostSystem

/// An index of a repository, `APKINDEX.tar.gz`: a gzip member with signatures, which may be missing, and one with the index.
public struct IndexFile: Sendable {
    /// What the index says.
    public let index: PackageIndex
    /// The key that signed it; nil if nobody asked.
    public let signer: PublicKey?

    /// The most bytes that an index may hold.
    private static let sizeLimit: Int64 = 512 << 20

    /// Reads an index; the file's own offset is neither used nor moved.
    /// - Parameters:
    ///   - name: What messages call it.
    ///   - keys: The keys of which one must have signed it; nil if it is trusted for another reason.
    /// - Throws: `badInput` for what is no index, is damaged, or is not signed by one of the keys; `inputOutput` if it cannot be read.
    public init(_ file: Descriptor, name: String, keys: Keyring?) throws(FarmError) {
        var members = GzipMemberReader(file, name: name, limits: GzipLimits())
        let start = try SignedSegments(&members, name: name, segment: "index segment", sizeLimit: Self.sizeLimit)
        try members.expectEnd(after: "index segment")
        signer = if let keys { try keys.signer(of: start.member, by: start.signatures, in: name) } else { nil }
        index = try Self.index(in: start.content, name)
    }

    private static func index(in content: [UInt8], _ name: String) throws(FarmError) -> PackageIndex {
        var archive = TarReader(MemorySource(content), name: name)
        var text: [UInt8]?
        var description = ""
        while let entry = try archive.next() {
            guard case .file = entry.content else { continue }
            if entry.path == "APKINDEX" { text = try archive.wholeContent() }
            if entry.path == "DESCRIPTION" { description = String(decoding: try archive.wholeContent(), as: UTF8.self) }
        }
        guard let text else { throw FarmError(.badInput, "\(name): it has no APKINDEX; it is no index of apk's version 2") }
        do throws(FarmError) { return try PackageIndex(parsing: text, description: description) } catch {
            throw FarmError(error.status, "\(name): \(error.message)")
        }
    }
}
