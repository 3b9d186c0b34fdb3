/// Where the frames of a compressed log begin, in the file and in the log: the seek table of the Zstandard seekable format 0.1.0
/// (https://github.com/facebook/zstd/blob/v1.5.4/contrib/seekable_format/zstd_seekable_compression_format.md), without checksums of its own.
///
/// It stands at the end of the file in a frame that other tools skip, so that `zstd -d` reads the file too.
struct SeekTable: Sendable {
    private static let frameMagic: UInt32 = 0x184D_2A5E
    private static let tableMagic: UInt32 = 0x8F92_EAB1
    private static let headerSize = 8
    private static let entrySize = 8
    /// The last bytes of a file with a table.
    static let footerSize = 9

    /// The starts of the frames in the file, and its end without the table.
    private(set) var compressed: [Int64] = [0]
    /// The starts of the frames in the log, and its end.
    private(set) var plain: [Int64] = [0]

    /// A table without frames.
    init() {}

    /// The number of frames.
    var count: Int { plain.count - 1 }

    /// The bytes of the log.
    var size: Int64 { plain[count] }

    /// Appends a frame.
    mutating func add(compressed bytes: Int, plain plainBytes: Int) {
        compressed.append(compressed[count] + Int64(bytes))
        plain.append(size + Int64(plainBytes))
    }

    /// The frame that holds a byte of the log; nil at its end and beyond.
    func frame(at offset: Int64) -> Int? {
        guard offset >= 0, offset < size else { return nil }
        var (low, high) = (0, count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if plain[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The frame that holds the table.
    var bytes: [UInt8] {
        var result: [UInt8] = []
        Self.append(Self.frameMagic, to: &result)
        Self.append(UInt32(count * Self.entrySize + Self.footerSize), to: &result)
        for index in 0..<count {
            Self.append(UInt32(compressed[index + 1] - compressed[index]), to: &result)
            Self.append(UInt32(plain[index + 1] - plain[index]), to: &result)
        }
        Self.append(UInt32(count), to: &result)
        result.append(0)
        Self.append(Self.tableMagic, to: &result)
        return result
    }

    /// How many bytes at the end of the file the table takes, by the last ``footerSize`` of them; nil if they end no table.
    static func size(footer: [UInt8]) -> Int? {
        guard footer.count == footerSize, footer[4] == 0, number(footer, 5) == tableMagic else { return nil }
        return headerSize + Int(number(footer, 0)) * entrySize + footerSize
    }

    /// Parses what ``bytes`` gives; nil for anything else.
    init?(parsing bytes: [UInt8]) {
        guard bytes.count >= Self.headerSize + Self.footerSize, Self.size(footer: bytes.suffix(Self.footerSize)) == bytes.count,
            Self.number(bytes, 0) == Self.frameMagic, Int(Self.number(bytes, 4)) == bytes.count - Self.headerSize
        else { return nil }
        for start in stride(from: Self.headerSize, to: bytes.count - Self.footerSize, by: Self.entrySize) {
            add(compressed: Int(Self.number(bytes, start)), plain: Int(Self.number(bytes, start + 4)))
        }
    }

    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    private static func number(_ bytes: some RandomAccessCollection<UInt8>, _ offset: Int) -> UInt32 {
        bytes.dropFirst(offset).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func size(footer: ArraySlice<UInt8>) -> Int? { size(footer: Array(footer)) }
}
