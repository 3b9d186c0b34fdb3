internal import FarmModel
internal import HostSystem

/// Reads a file of concatenated gzip members, one after the other, and digests each as it stands in the file.
struct GzipMemberReader {
    private static let inputSize = 128 << 10
    private static let outputSize = 256 << 10

    private let file: Descriptor
    private let name: String
    private let limits: GzipLimits
    private var offset: Int64 = 0
    private var input: ArraySlice<UInt8> = []
    private var decoder: GzipDecoder?
    private var segment = ""
    private var sha1 = SHA1()
    private var sha256 = DigestHasher()
    private var compressedSize: Int64 = 0
    private var size: Int64 = 0
    private var sizeLimit: Int64 = 0

    /// Reads a file from its start.
    /// - Parameter name: What messages call the file.
    init(_ file: Descriptor, name: String, limits: GzipLimits) {
        self.file = file
        self.name = name
        self.limits = limits
    }

    /// Goes to the next member, once the one before was read to its end.
    /// - Parameters:
    ///   - segment: What messages call the member: `control segment`.
    ///   - sizeLimit: The most bytes that it may hold.
    /// - Returns: false at the end of the file.
    mutating func begin(_ segment: String, sizeLimit: Int64) throws(FarmError) -> Bool {
        self.segment = segment
        try fill()
        guard !input.isEmpty else { return false }
        do throws(GzipDecoder.Problem) { decoder = try GzipDecoder() } catch { throw damage(error.reason) }
        (sha1, sha256, compressedSize, size, self.sizeLimit) = (SHA1(), DigestHasher(), 0, 0, sizeLimit)
        return true
    }

    /// What the member is, once it was read to its end.
    var member: GzipMember { GzipMember(sha1: sha1.finish(), sha256: sha256.finish(), compressedSize: compressedSize, size: size) }

    /// Reads a small member whole.
    mutating func readMember() throws(FarmError) -> [UInt8] {
        var bytes: [UInt8] = []
        while case let piece = try nextBytes(), !piece.isEmpty { bytes += piece }
        return bytes
    }

    /// - Throws: if anything follows the last member.
    mutating func expectEnd(after last: String) throws(FarmError) {
        try fill()
        guard input.isEmpty else { throw FarmError(.badInput, "\(name): something follows its \(last); get the file anew") }
    }

    private mutating func fill() throws(FarmError) {
        guard input.isEmpty else { return }
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try file.read(atMost: Self.inputSize, at: offset) } catch {
            throw FarmError(.inputOutput, "\(name): \(error)")
        }
        offset += Int64(bytes.count)
        input = bytes[...]
    }

    private mutating func note(_ used: ArraySlice<UInt8>, produced: Int) throws(FarmError) {
        used.withUnsafeBytes {
            sha1.update($0)
            sha256.update($0)
        }
        compressedSize += Int64(used.count)
        size += Int64(produced)
        guard size <= sizeLimit else { throw FarmError(.badInput, "\(name): its \(segment) holds more than \(sizeLimit) bytes") }
        guard size <= limits.freeSize || size / limits.ratio <= compressedSize else {
            throw FarmError(.badInput, "\(name): its \(segment) holds more than \(limits.ratio) times what it takes; that is no package")
        }
    }

    private func damage(_ reason: String) -> FarmError {
        FarmError(.badInput, "\(name): its \(segment) is damaged (\(reason)); get the file anew")
    }
}

extension GzipMemberReader: ByteSource {
    mutating func nextBytes() throws(FarmError) -> [UInt8] {
        guard let decoder else { return [] }
        while true {
            try fill()
            guard !input.isEmpty else { throw damage("it ends too early") }
            let piece: GzipDecoder.Piece
            do throws(GzipDecoder.Problem) { piece = try decoder.decode(input, outputLimit: Self.outputSize) } catch {
                throw damage(error.reason)
            }
            try note(input.prefix(piece.consumed), produced: piece.output.count)
            input = input.dropFirst(piece.consumed)
            if piece.isAtEnd { self.decoder = nil }
            if piece.isAtEnd || !piece.output.isEmpty { return piece.output }
        }
    }
}
