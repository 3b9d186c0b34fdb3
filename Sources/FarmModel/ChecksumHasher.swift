internal import CNettle

/// Computes the checksum of a file in the algorithm that another one was given in.
public struct ChecksumHasher: Sendable {
    private enum State: Sendable {
        case short(DigestHasher)
        case long(sha512_ctx)
    }

    private var state: State

    /// Starts with no bytes.
    /// - Parameter expected: The checksum to compare with afterwards.
    public init(like expected: URLSource.Checksum) {
        guard case .sha512 = expected else {
            state = .short(DigestHasher())
            return
        }
        var context = sha512_ctx()
        nettle_sha512_init(&context)
        state = .long(context)
    }

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        switch state {
        case .short(var hasher):
            hasher.update(bytes)
            state = .short(hasher)
        case .long(var context):
            nettle_sha512_update(&context, bytes.count, bytes.bindMemory(to: UInt8.self).baseAddress)
            state = .long(context)
        }
    }

    /// The checksum of all bytes added so far: a SHA-256 unless a SHA-512 was expected.
    public func finish() -> URLSource.Checksum {
        switch state {
        case .short(let hasher): return .sha256(hasher.finish())
        case .long(var context):
            let count = URLSource.Checksum.sha512Bytes
            return .sha512(
                Array(unsafeUninitializedCapacity: count) { buffer, written in
                    nettle_sha512_digest(&context, count, buffer.baseAddress)
                    written = count
                })
        }
    }
}
