/// What libFuzzer hands over, taken apart from the front. Pieces are lines, so that a corpus can be read and written by people.
struct Input {
    private(set) var rest: ArraySlice<UInt8>

    init(_ data: UnsafePointer<UInt8>?, _ count: Int) { rest = Array(UnsafeBufferPointer(start: data, count: count))[...] }

    /// All that is left.
    var bytes: [UInt8] { Array(rest) }

    /// All that is left, invalid UTF-8 replaced.
    var text: String { String(decoding: rest, as: UTF8.self) }

    /// The next line without its end; empty at the end.
    mutating func line() -> [UInt8] {
        let line = rest.prefix { $0 != UInt8(ascii: "\n") }
        rest = rest.dropFirst(line.count + 1)
        return Array(line)
    }

    /// The next line as text.
    mutating func textLine() -> String { String(decoding: line(), as: UTF8.self) }

    /// All lines that are left, at most `limit`.
    mutating func lines(atMost limit: Int) -> [String] {
        var lines: [String] = []
        while !rest.isEmpty, lines.count < limit { lines.append(textLine()) }
        return lines
    }
}

/// Ends the run where a property does not hold; libFuzzer then keeps the input.
func expect(_ condition: @autoclosure () throws -> Bool, _ message: @autoclosure () -> String) {
    do {
        if try !condition() { fatalError(message()) }
    } catch {
        fatalError("\(message()): \(error)")
    }
}
