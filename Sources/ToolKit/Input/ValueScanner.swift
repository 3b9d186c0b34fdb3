/// Cuts a text of ids and JSON values into pieces: a line that begins with neither `{` nor `[` is one, and so is an object or array, on one
/// line or many.
struct ValueScanner {
    /// One piece.
    struct Piece {
        var bytes: ArraySlice<UInt8>
        /// The line it begins on, counted from 1.
        var line: Int
        var isJSON: Bool
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> Piece? {
        skipSpace()
        guard position < bytes.count else { return nil }
        let start = position
        let firstLine = line
        let isJSON = bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[")
        if isJSON { skipValue() } else { skipLine() }
        return Piece(bytes: bytes[start..<position], line: firstLine, isJSON: isJSON)
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position] == 32 || (9...13).contains(bytes[position]) { advance() }
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { advance() }
    }

    /// To behind the bracket that closes the value, or to the end; brackets within strings do not count.
    private mutating func skipValue() {
        var depth = 0
        while position < bytes.count {
            let byte = bytes[position]
            advance()
            switch byte {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            if depth == 0 { return }
        }
    }

    /// To behind the quote that ends a string.
    private mutating func skipString() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") { advance() }
            if position < bytes.count { advance() }
        }
        if position < bytes.count { advance() }
    }

    private mutating func advance() {
        if bytes[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }
}
