internal import FarmModel
internal import HostSystem

/// The start of a package or an index: signatures, if there are any, and the segment that they are over, whole in memory.
struct SignedSegments {
    let signatures: [PackageSignature]
    /// The signed segment as it stands in the file.
    let member: GzipMember
    /// What the segment holds.
    let content: [UInt8]

    /// The most bytes of all signatures with their headers.
    private static let signatureLimit: Int64 = 1 << 20

    /// Reads both from the start of a file.
    /// - Parameters:
    ///   - segment: What messages call the signed segment.
    ///   - sizeLimit: The most bytes that it may hold.
    init(_ members: inout GzipMemberReader, name: String, segment: String, sizeLimit: Int64) throws(FarmError) {
        guard try members.begin("first segment", sizeLimit: sizeLimit) else { throw FarmError(.badInput, "\(name): it is empty") }
        let first = try members.readMember()
        guard let signatures = try Self.signatures(in: first, name) else {
            (self.signatures, member, content) = ([], members.member, first)
            return
        }
        self.signatures = signatures
        guard try members.begin(segment, sizeLimit: sizeLimit) else {
            throw FarmError(.badInput, "\(name): it ends after its signature; get the file anew")
        }
        content = try members.readMember()
        member = members.member
    }

    /// The signatures in the first segment; nil if it is not one of signatures.
    private static func signatures(in bytes: [UInt8], _ name: String) throws(FarmError) -> [PackageSignature]? {
        guard bytes.starts(with: PackageSignature.prefix.utf8) else { return nil }
        if Int64(bytes.count) > signatureLimit { throw FarmError(.badInput, "\(name): its signatures are too large") }
        var archive = TarReader(MemorySource(bytes), name: "\(name), signature segment")
        var signatures: [PackageSignature] = []
        var count = 0
        while let entry = try archive.next() {
            count += 1
            guard entry.path.hasPrefix(PackageSignature.prefix), count <= PackageSignature.countLimit,
                case .file(let size) = entry.content, size <= PackageSignature.sizeLimit
            else { throw FarmError(.badInput, "\(name): \(TarPath.shown(entry.path.utf8)) among its signatures is none") }
            let content = try archive.wholeContent()
            if let signature = PackageSignature(fileName: entry.path, bytes: content) { signatures.append(signature) }
        }
        return signatures
    }
}

extension TarReader {
    /// All bytes of the present entry.
    mutating func wholeContent() throws(FarmError) -> [UInt8] {
        var bytes: [UInt8] = []
        while case let piece = try content(), !piece.isEmpty { bytes += piece }
        return bytes
    }
}
