public import FarmModel
internal import HostSystem

/// The content of one file of a package, read piece by piece.
public struct OpenContent: Sendable {
    enum Source: Sendable {
        case memory([UInt8])
        case file(Descriptor)
    }

    /// Where it stands in the package.
    public let path: String
    /// How many bytes it had when the folder was looked at.
    public let size: Int64
    let source: Source

    /// Bytes from an offset on; fewer than `count` only at the end.
    /// - Throws: `inputOutput` if they cannot be read.
    public func bytes(at offset: Int64, count: Int) throws(FarmError) -> [UInt8] {
        guard offset >= 0, offset < size, count > 0 else { return [] }
        let length = Int(min(Int64(count), size - offset))
        switch source {
        case .memory(let bytes): return Array(bytes[Int(offset)..<Int(offset) + length])
        case .file(let file):
            do {
                return try file.read(atMost: length, at: offset)
            } catch {
                throw FarmError(.inputOutput, "the file /\(path) of the package cannot be read: \(error)")
            }
        }
    }

    /// Gives all bytes in pieces of at most `count`.
    /// - Throws: `inputOutput` where there are fewer bytes than there were, and what `body` throws.
    func forEachPiece(of count: Int = 256 << 10, _ body: ([UInt8]) throws(FarmError) -> Void) throws(FarmError) {
        var offset: Int64 = 0
        while offset < size {
            let piece = try bytes(at: offset, count: count)
            guard !piece.isEmpty else { throw changed }
            try body(piece)
            offset += Int64(piece.count)
        }
    }

    /// The digest of all bytes.
    /// - Throws: `inputOutput` if they cannot be read.
    public func digest() throws(FarmError) -> Digest {
        var hasher = DigestHasher()
        try forEachPiece { piece throws(FarmError) in piece.withUnsafeBytes { hasher.update($0) } }
        return hasher.finish()
    }

    /// What to throw where the content is not what it was.
    var changed: FarmError {
        FarmError(.inputOutput, "the file /\(path) changed while the package was made; nothing may write to the outputs")
    }
}
