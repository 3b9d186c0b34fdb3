/// Cuts what a tool prints into lines for people. Of a line that a carriage return overwrites only the last state remains.
struct LineSplitter {
    private static let lengthLimit = 4_096

    private var line: [UInt8] = []

    /// Takes bytes; calls `deliver` with each line that is complete.
    mutating func add(_ bytes: [UInt8], _ deliver: (String) -> Void) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"): finish(deliver)
            default: if line.count < Self.lengthLimit { line.append(byte) }
            }
            // A progress display that never ends a line: what follows overwrites all of this.
            if byte == UInt8(ascii: "\r"), line.count > Self.lengthLimit / 2 { line = [] }
        }
    }

    /// Delivers a last line without an end.
    mutating func finish(_ deliver: (String) -> Void) {
        dropOverwritten()
        let text = Self.plain(line)
        line = []
        if !text.isEmpty { deliver(text) }
    }

    /// Leaves what stands after the last carriage return that something follows.
    private mutating func dropOverwritten() {
        while line.last == UInt8(ascii: "\r") { line.removeLast() }
        if let last = line.lastIndex(of: UInt8(ascii: "\r")) { line.removeFirst(last + 1) }
    }

    /// As text that commands no terminal.
    private static func plain(_ bytes: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            scalars.append(scalar.properties.generalCategory == .control ? "?" : scalar)
        }
        while scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }
}
