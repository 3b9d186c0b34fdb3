import FarmModel

/// Archives put together header by header, right ones and wrong ones.
struct TarPieces {
    var bytes: [UInt8] = []

    /// A header whose fields are all as given, with a right sum.
    static func header(
        _ path: String, type: Character = "0", size: Int = 0, link: String = "", mode: String = "0000644", magic: String = "ustar\u{0}00",
        sizeField: String? = nil
    ) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, _ offset: Int, _ room: Int) {
            for (index, byte) in text.utf8.prefix(room).enumerated() { block[offset + index] = byte }
        }
        put(path, 0, 100)
        put(mode, 100, 8)
        put("0000000", 108, 8)
        put("0000000", 116, 8)
        put(sizeField ?? octal(size), 124, 12)
        put(octal(1_000), 136, 12)
        put("        ", 148, 8)
        block[156] = type.asciiValue ?? 0
        put(link, 157, 100)
        put(magic, 257, 8)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(String(octal(sum).suffix(6)) + "\u{0} ", 148, 8)
        return block
    }

    /// Adds an entry with its content.
    func adding(_ path: String, type: Character = "0", _ content: String = "", link: String = "", mode: String = "0000644") -> TarPieces {
        var copy = self
        copy.bytes += Self.header(path, type: type, size: content.utf8.count, link: link, mode: mode) + Self.padded(Array(content.utf8))
        return copy
    }

    /// Adds a pax header for the next entry.
    func adding(pax records: [(String, String)]) -> TarPieces {
        adding("PaxHeaders/x", type: "x", records.map(Self.record).joined())
    }

    /// Adds bytes as they are.
    func adding(raw: [UInt8]) -> TarPieces {
        var copy = self
        copy.bytes += raw
        return copy
    }

    /// Adds the end of an archive.
    var ended: TarPieces { adding(raw: [UInt8](repeating: 0, count: 1_024)) }

    /// Gives a header the sum that it should have.
    static func resum(_ bytes: inout [UInt8], at start: Int) {
        for place in start + 148..<start + 156 { bytes[place] = 32 }
        let sum = bytes[start..<start + 512].reduce(0) { $0 + Int($1) }
        for (index, byte) in (String(octal(sum).suffix(6)) + "\u{0}").utf8.enumerated() { bytes[start + 148 + index] = byte }
    }

    static func record(_ key: String, _ value: String) -> String {
        let rest = " \(key)=\(value)\n"
        var length = rest.utf8.count + 1
        while "\(length)".utf8.count + rest.utf8.count != length { length += 1 }
        return "\(length)\(rest)"
    }

    static func padded(_ content: [UInt8]) -> [UInt8] {
        content + [UInt8](repeating: 0, count: TarHeader.padding(after: Int64(content.count)))
    }

    private static func octal(_ number: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, 11 - text.count)) + text
    }
}
