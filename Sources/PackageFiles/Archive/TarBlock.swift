/// The fields of a header block: POSIX ustar, or GNU's older form of it (https://www.gnu.org/software/tar/manual/html_node/Standard.html).
struct TarBlock {
    static let size = 512
    /// The largest size that eleven octal digits can say.
    static let largestOctalSize: Int64 = 0o77_777_777_777

    let path: [UInt8]
    let link: [UInt8]
    let type: UInt8
    let mode: Int64
    let owner: Int64
    let group: Int64
    let size: Int64
    let modifiedSeconds: Int64

    /// Reads a block of 512 bytes, whose sum must be right.
    init(_ block: [UInt8]) throws(TarProblem) {
        guard try Self.number(block[148..<156], "checksum") == Self.sum(block) else {
            throw TarProblem.refused("the sum of a header is wrong")
        }
        let magic = Array(block[257..<265])
        let isPOSIX = magic == Array("ustar\u{0}00".utf8)
        guard isPOSIX || magic == Array("ustar  \u{0}".utf8) else { throw TarProblem.refused("a header is neither ustar nor GNU") }
        let name = Self.text(block[0..<100])
        let prefix = isPOSIX ? Self.text(block[345..<500]) : []
        path = prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
        link = Self.text(block[157..<257])
        type = block[156]
        mode = try Self.number(block[100..<108], "mode")
        owner = try Self.number(block[108..<116], "owner")
        group = try Self.number(block[116..<124], "group")
        size = try Self.number(block[124..<136], "size")
        modifiedSeconds = try Self.number(block[136..<148], "time")
    }

    /// The sum of all bytes, with spaces in the place of the sum.
    private static func sum(_ block: [UInt8]) -> Int64 {
        var sum: Int64 = 8 * 32
        for (index, byte) in block.enumerated() where !(148..<156).contains(index) { sum += Int64(byte) }
        return sum
    }

    private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] { Array(field.prefix { $0 != 0 }) }

    /// Octal digits between spaces and zeros, or GNU's binary form with the highest bit set.
    private static func number(_ field: ArraySlice<UInt8>, _ what: String) throws(TarProblem) -> Int64 {
        guard let first = field.first, first & 0x80 == 0 else { return try binary(field, what) }
        let rest = field.drop { $0 == UInt8(ascii: " ") }
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
        guard rest.dropFirst(digits.count).allSatisfy({ $0 == 0 || $0 == UInt8(ascii: " ") }) else {
            throw TarProblem.refused("the \(what) in a header is no number")
        }
        return digits.reduce(0) { $0 << 3 | Int64($1 - UInt8(ascii: "0")) }
    }

    private static func binary(_ field: ArraySlice<UInt8>, _ what: String) throws(TarProblem) -> Int64 {
        guard let first = field.first, first == 0x80 else { throw TarProblem.refused("the \(what) in a header is negative") }
        let bytes = field.dropFirst().drop { $0 == 0 }
        guard bytes.count < 8 else { throw TarProblem.refused("the \(what) in a header is too large") }
        return bytes.reduce(0) { $0 << 8 | Int64($1) }
    }
}
