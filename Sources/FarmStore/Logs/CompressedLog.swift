internal import CZstd
internal import FarmModel
internal import HostSystem

/// The bytes of a compressed log at any offset; one frame of it is in memory.
struct CompressedLog: Sendable {
    /// The bytes of the log in a frame. What is read of a log costs the decompression of this many.
    static let frameSize = 256 << 10

    private let file: Descriptor
    private let path: String
    private let table: SeekTable
    private var frame: (number: Int, bytes: [UInt8])?

    /// Reads the table of a compressed log.
    /// - Throws: `inputOutput` where it is damaged or cannot be read.
    init(_ file: Descriptor, path: String) throws(FarmError) {
        self.file = file
        self.path = path
        let table = try FarmError.wrap { () throws(SystemError) in try Self.readTable(file) }
        guard let table else { throw Self.damage(path, "it has no table of its frames") }
        self.table = table
    }

    private static func readTable(_ file: Descriptor) throws(SystemError) -> SeekTable? {
        let end = try file.status().size
        let footer = try file.read(atMost: SeekTable.footerSize, at: max(0, end - Int64(SeekTable.footerSize)))
        guard let size = SeekTable.size(footer: footer), size <= end else { return nil }
        let table = SeekTable(parsing: try file.read(atMost: size, at: end - Int64(size)))
        return table?.compressed.last == end - Int64(size) ? table : nil
    }

    /// The bytes of the log.
    var size: Int64 { table.size }

    /// At most `limit` bytes from `offset` on, fewer where a frame ends; empty at the end.
    mutating func read(atMost limit: Int, at offset: Int64) throws(FarmError) -> ArraySlice<UInt8> {
        guard let number = table.frame(at: offset) else { return [] }
        let bytes = try bytes(ofFrame: number)
        return bytes.dropFirst(Int(offset - table.plain[number])).prefix(limit)
    }

    private mutating func bytes(ofFrame number: Int) throws(FarmError) -> [UInt8] {
        if let frame, frame.number == number { return frame.bytes }
        frame = nil
        let bytes = try decompress(number)
        frame = (number, bytes)
        return bytes
    }

    private func decompress(_ number: Int) throws(FarmError) -> [UInt8] {
        let start = table.compressed[number]
        let (length, plainLength) = (Int(table.compressed[number + 1] - start), Int(table.plain[number + 1] - table.plain[number]))
        guard plainLength <= Self.frameSize, length <= ZSTD_compressBound(Self.frameSize) else {
            throw Self.damage(path, "frame \(number) is too large")
        }
        let compressed = try FarmError.wrap { () throws(SystemError) in try file.read(atMost: length, at: start) }
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: plainLength) { buffer, count in
            result = compressed.withUnsafeBytes { ZSTD_decompress(buffer.baseAddress, plainLength, $0.baseAddress, $0.count) }
            count = ZSTD_isError(result) == 0 ? result : 0
        }
        if ZSTD_isError(result) != 0 { throw Self.damage(path, "frame \(number): \(String(cString: ZSTD_getErrorName(result)))") }
        guard bytes.count == plainLength else { throw Self.damage(path, "frame \(number) is too short") }
        return bytes
    }

    private static func damage(_ path: String, _ reason: String) -> FarmError {
        FarmError(.inputOutput, "the compressed log \(path) is damaged: \(reason)")
    }
}
