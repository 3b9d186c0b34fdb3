internal import HostSystem

/// The most memory in use since a moment.
final class MemoryCount {
    private let file: Descriptor

    /// - Parameters:
    ///   - peakFile: open for reading and writing.
    ///   - reset: what to write so that the kernel counts anew; older kernels cannot for version 2.
    init?(peakFile: Descriptor, reset: String) {
        guard (try? peakFile.writeAll(Array(reset.utf8), at: 0)) != nil else { return nil }
        file = peakFile
    }

    /// In bytes; nil where it cannot be read.
    var peakBytes: Int64? {
        guard let bytes = try? file.readOnce(atMost: 64) else { return nil }
        return Int64(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
