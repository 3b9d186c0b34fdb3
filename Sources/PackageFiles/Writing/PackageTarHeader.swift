/// The header of one member of a package's archives: POSIX ustar, with a pax extended header before it where something must be said that
/// ustar has no room for (POSIX.1-2017, pax, "ustar Interchange Format" and "pax Extended Header").
///
/// The shape is the one that Go's archive/tar gives the packages of melange. All belongs to root.
struct PackageTarHeader {
    /// What a member is, by ustar's letters.
    enum Kind: UInt8 {
        case file = 0x30
        case hardLink = 0x31
        case symbolicLink = 0x32
        case folder = 0x35
        case extended = 0x78
    }

    /// One record of an extended header.
    struct Record {
        let key: String
        let value: [UInt8]
    }

    /// Each header and each end of content fills up to a multiple of this many bytes.
    static let blockSize = 512
    /// The end of an archive.
    static let end = [UInt8](repeating: 0, count: 2 * blockSize)

    var path: String
    var mode: UInt32
    /// Seconds since 1970.
    var seconds: Int64
    var kind: Kind
    /// Bytes of content that follow.
    var size: Int64 = 0
    /// Where a link leads to.
    var link = ""
    /// What else is said of the member.
    var records: [Record] = []

    /// The largest number that eleven octal digits hold.
    private static let largestNumber: Int64 = 0o77_777_777_777
    private static let nameSize = 100

    /// How many zeros follow content of this size.
    static func padding(after size: Int64) -> Int { (blockSize - Int(size % Int64(blockSize))) % blockSize }

    /// The blocks before the member's content.
    var bytes: [UInt8] {
        let records = allRecords
        guard !records.isEmpty else { return block }
        let body = records.flatMap(Self.bytes)
        let extended = PackageTarHeader(path: extendedName, mode: 0, seconds: 0, kind: .extended, size: Int64(body.count))
        return extended.block + body + [UInt8](repeating: 0, count: Self.padding(after: Int64(body.count))) + block
    }

    private var allRecords: [Record] {
        var all = records
        if !Self.fits(path) { all.append(Record(key: "path", value: Array(path.utf8))) }
        if !Self.fits(link) { all.append(Record(key: "linkpath", value: Array(link.utf8))) }
        if size > Self.largestNumber { all.append(Record(key: "size", value: Array("\(size)".utf8))) }
        return all.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    private static func fits(_ text: String) -> Bool { text.utf8.count <= nameSize && text.utf8.allSatisfy { $0 < 0x80 } }

    /// `LENGTH KEY=VALUE` and a line end; the length counts itself.
    private static func bytes(of record: Record) -> [UInt8] {
        let rest = Array(" \(record.key)=".utf8) + record.value + [UInt8(ascii: "\n")]
        var length = rest.count + 1
        while "\(length)".utf8.count + rest.count != length { length += 1 }
        return Array("\(length)".utf8) + rest
    }

    /// `usr/bin/PaxHeaders.0/hello`, for readers that take it for a file.
    private var extendedName: String {
        let parts = path.split(separator: "/")
        return (parts.dropLast() + ["PaxHeaders.0"] + parts.suffix(1)).joined(separator: "/")
    }

    private var block: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ text: some Sequence<UInt8>, _ offset: Int, _ room: Int) {
            for (index, byte) in text.prefix(room).enumerated() { block[offset + index] = byte }
        }
        put(Self.ascii(path), 0, Self.nameSize)
        put(Self.octal(Int64(mode), digits: 7), 100, 7)
        put(Self.octal(0, digits: 7), 108, 7)
        put(Self.octal(0, digits: 7), 116, 7)
        put(Self.octal(size > Self.largestNumber ? 0 : size, digits: 11), 124, 11)
        put(Self.octal(min(max(0, seconds), Self.largestNumber), digits: 11), 136, 11)
        put("        ".utf8, 148, 8)
        block[156] = kind.rawValue
        put(Self.ascii(link), 157, Self.nameSize)
        put("ustar\0".utf8, 257, 6)
        put("00".utf8, 263, 2)
        if kind != .extended {
            put("root".utf8, 265, 32)
            put("root".utf8, 297, 32)
            put(Self.octal(0, digits: 7), 329, 7)
            put(Self.octal(0, digits: 7), 337, 7)
        }
        // The sum of all bytes, with spaces in the place of the sum.
        put(Self.octal(block.reduce(0) { $0 + Int64($1) }, digits: 6) + [0, UInt8(ascii: " ")], 148, 8)
        return block
    }

    /// What readers that do not know pax see: without other letters, and cut where a name would seem to be a folder's.
    private static func ascii(_ text: String) -> [UInt8] {
        if fits(text) { return Array(text.utf8) }
        var letters = Array(text.utf8.filter { $0 < 0x80 }.prefix(nameSize))
        while letters.last == UInt8(ascii: "/") { letters.removeLast() }
        return letters
    }

    private static func octal(_ number: Int64, digits: Int) -> [UInt8] {
        let text = String(number, radix: 8)
        return Array((String(repeating: "0", count: max(0, digits - text.utf8.count)) + text).utf8)
    }
}
