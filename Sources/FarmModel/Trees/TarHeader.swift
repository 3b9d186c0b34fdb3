/// The header of one member of a tar archive, so that equal trees give equal archives: POSIX ustar, and a pax extended header before it where
/// ustar has no room (POSIX.1-2017, pax, "ustar Interchange Format" and "pax Extended Header").
///
/// Owners are numbers without names, 0:0 unless something else is set.
public struct TarHeader: Sendable, Equatable {
    /// Each header and each end of content fills up to a multiple of this many bytes.
    public static let blockSize = 512

    /// The member's path; that of a folder ends in a slash.
    public var path: String
    /// The permission bits.
    public var mode: UInt32
    /// Seconds since 1970.
    public var seconds: Int64
    /// What the member is; only the size of a file is part of the header.
    public var content: TreeEntry.Content
    /// The number of user and group.
    public var owner: UInt32 = 0

    /// The largest number that eleven octal digits hold.
    private static let largestSize: Int64 = 0o77_777_777_777

    /// The header of an entry, below a folder; the folder may be empty.
    public init(_ entry: TreeEntry, below folder: String, seconds: Int64) {
        let place = folder.isEmpty ? entry.path : "\(folder)/\(entry.path)"
        self.init(path: place, mode: entry.mode, seconds: seconds, content: entry.content)
    }

    /// Creates a header.
    public init(path: String, mode: UInt32, seconds: Int64, content: TreeEntry.Content) {
        self.path = content == .folder && !path.hasSuffix("/") ? path + "/" : path
        self.mode = mode
        self.seconds = seconds
        self.content = content
    }

    /// The end of an archive.
    public static let end = [UInt8](repeating: 0, count: 2 * blockSize)

    /// How many zeros follow content of this size.
    public static func padding(after size: Int64) -> Int { (blockSize - Int(size % Int64(blockSize))) % blockSize }

    /// The blocks before the member's content.
    public var bytes: [UInt8] {
        let records = extendedRecords
        guard !records.isEmpty else { return block(name: path, size: size, type: type, link: link) }
        let body = records.flatMap(Self.record)
        let extended = block(name: "PaxHeaders/\(Self.plain(path))", size: Int64(body.count), type: UInt8(ascii: "x"), link: "")
        let zeros = [UInt8](repeating: 0, count: Self.padding(after: Int64(body.count)))
        return extended + body + zeros
            + block(name: Self.plain(path), size: min(size, Self.largestSize), type: type, link: Self.plain(link))
    }

    private var size: Int64 { if case .file(let size, _) = content { size } else { 0 } }

    private var link: String { if case .link(let target) = content { target } else { "" } }

    private var type: UInt8 {
        switch content {
        case .file: UInt8(ascii: "0")
        case .link: UInt8(ascii: "2")
        case .folder: UInt8(ascii: "5")
        }
    }

    /// What ustar cannot say.
    private var extendedRecords: [(key: String, value: String)] {
        var records: [(String, String)] = []
        if Self.split(path) == nil || !Self.isPlain(path) { records.append(("path", path)) }
        if link.utf8.count > 100 || !Self.isPlain(link) { records.append(("linkpath", link)) }
        if size > Self.largestSize { records.append(("size", "\(size)")) }
        return records
    }

    /// `LENGTH KEY=VALUE` and a line end; the length counts itself.
    private static func record(_ key: String, _ value: String) -> [UInt8] {
        let rest = " \(key)=\(value)\n"
        var length = rest.utf8.count + 1
        while "\(length)".utf8.count + rest.utf8.count != length { length += 1 }
        return Array("\(length)\(rest)".utf8)
    }

    private func block(name: String, size: Int64, type: UInt8, link: String) -> [UInt8] {
        let (prefix, shortName) = Self.split(name) ?? ("", String(decoding: name.utf8.suffix(100), as: UTF8.self))
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ text: some Sequence<UInt8>, _ offset: Int, _ room: Int) {
            for (index, byte) in text.prefix(room).enumerated() { block[offset + index] = byte }
        }
        put(shortName.utf8, 0, 100)
        put(Self.octal(Int64(mode), digits: 7), 100, 7)
        put(Self.octal(Int64(owner), digits: 7), 108, 7)
        put(Self.octal(Int64(owner), digits: 7), 116, 7)
        put(Self.octal(size, digits: 11), 124, 11)
        put(Self.octal(max(0, seconds), digits: 11), 136, 11)
        put("        ".utf8, 148, 8)
        block[156] = type
        put(link.utf8, 157, 100)
        put("ustar\0".utf8, 257, 6)
        put("00".utf8, 263, 2)
        put(prefix.utf8, 345, 155)
        // The sum of all bytes, with spaces in the place of the sum.
        put(Self.octal(block.reduce(0) { $0 + Int64($1) }, digits: 6) + [0, UInt8(ascii: " ")], 148, 8)
        return block
    }

    private static func octal(_ number: Int64, digits: Int) -> [UInt8] {
        let text = String(number, radix: 8)
        return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
    }

    /// A path as ustar's two fields; nil if it does not fit.
    private static func split(_ path: String) -> (prefix: String, name: String)? {
        let bytes = Array(path.utf8)
        if bytes.count <= 100 { return ("", path) }
        let slash = UInt8(ascii: "/")
        let candidates = bytes.indices.filter { bytes[$0] == slash && $0 <= 155 && bytes.count - $0 - 1 <= 100 && bytes.count - $0 > 1 }
        guard let place = candidates.first, place > 0 else { return nil }
        return (String(decoding: bytes[..<place], as: UTF8.self), String(decoding: bytes[(place + 1)...], as: UTF8.self))
    }

    private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    /// What readers that do not know pax see.
    private static func plain(_ text: String) -> String {
        let ascii = text.utf8.map { $0 < 0x80 ? $0 : UInt8(ascii: "_") }
        return String(decoding: ascii.suffix(80).drop { $0 == UInt8(ascii: "/") }, as: UTF8.self)
    }
}
