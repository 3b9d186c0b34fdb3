internal import FarmStore

/// Lets text, tabs, line ends and colour sequences (SGR, ECMA-48 8.3.117) through to a terminal and drops every other control: a build's output
/// must not move the cursor, set the title or fill the clipboard.
///
/// A carriage return ends the line, so that nothing can be written over. Bytes that are no UTF-8 show as U+FFFD. No sequence goes beyond its
/// line, so that an unfinished one hides no further lines.
struct TerminalFilter {
    private enum State {
        case text
        /// After carriage returns.
        case lineStart
        /// Within a character of so many bytes; they are held.
        case character(Int)
        case escape
        /// Within a control sequence; its bytes are held until it is known to be a colour.
        case sequence
        /// Within a string (OSC, DCS, …) that ends with BEL or ESC \.
        case string
        case stringEscape
    }

    private let isOn: Bool
    private var state = State.text
    private var held: [UInt8] = []
    /// Whether nothing stands on the line: there is nothing that a carriage return could have written over.
    private var isLineEmpty = true
    /// Whether a colour may still be on.
    private(set) var isColoured = false
    private static let sequenceLimit = 64
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    init(isOn: Bool) { self.isOn = isOn }

    /// Ends all colours.
    static let reset = Array("\u{1B}[0m".utf8)

    /// To be called when a new line was begun without the bytes of one.
    mutating func beginLine() {
        isLineEmpty = true
        if case .lineStart = state { state = .text }
    }

    /// What of the bytes may pass; sequences may be cut anywhere between two calls.
    mutating func pass(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard isOn else { return bytes }
        var passed: [UInt8] = []
        passed.reserveCapacity(bytes.count)
        for byte in bytes {
            take(byte, &passed)
            if let last = passed.last { isLineEmpty = last == UInt8(ascii: "\n") }
        }
        return passed[...]
    }

    private mutating func take(_ byte: UInt8, _ passed: inout [UInt8]) {
        if byte == UInt8(ascii: "\n") { return endLine(&passed) }
        switch state {
        case .text: takeText(byte, &passed)
        case .lineStart: takeLineStart(byte, &passed)
        case .character(let length): takeCharacter(byte, length, &passed)
        case .escape: takeEscape(byte)
        case .sequence: takeSequence(byte, &passed)
        case .string: if byte == 7 { state = .text } else if byte == 27 { state = .stringEscape }
        case .stringEscape: state = byte == UInt8(ascii: "\\") ? .text : .string
        }
    }

    private mutating func endLine(_ passed: inout [UInt8]) {
        if case .character = state { passed += Self.replacement }
        passed.append(UInt8(ascii: "\n"))
        state = .text
    }

    private mutating func takeLineStart(_ byte: UInt8, _ passed: inout [UInt8]) {
        guard byte != UInt8(ascii: "\r") else { return }
        endLine(&passed)
        takeText(byte, &passed)
    }

    private mutating func takeText(_ byte: UInt8, _ passed: inout [UInt8]) {
        switch byte {
        case 27: state = .escape
        case UInt8(ascii: "\r"): if !isLineEmpty { state = .lineStart }
        case 9, 32...126: passed.append(byte)
        case 0x80...0xFF: beginCharacter(byte, &passed)
        default: break
        }
    }

    private mutating func beginCharacter(_ byte: UInt8, _ passed: inout [UInt8]) {
        guard let length = UTF8Sequence.length(lead: byte) else {
            passed += Self.replacement
            return
        }
        held = [byte]
        state = .character(length)
    }

    private mutating func takeCharacter(_ byte: UInt8, _ length: Int, _ passed: inout [UInt8]) {
        guard (0x80...0xBF).contains(byte) else {
            passed += Self.replacement
            state = .text
            return takeText(byte, &passed)
        }
        held.append(byte)
        guard held.count == length else { return }
        state = .text
        guard UTF8Sequence.length(held[...]) != nil else { return passed += Self.replacement }
        if !Self.isControl(held) { passed += held }
    }

    /// The controls of ISO 6429 beyond ASCII, line and paragraph separators, and what changes the direction of writing.
    private static func isControl(_ character: [UInt8]) -> Bool {
        switch (character[0], character[1], character.count > 2 ? character[2] : 0) {
        case (0xC2, 0x80...0x9F, _), (0xE2, 0x80, 0xA8...0xAE), (0xE2, 0x81, 0xA6...0xA9): true
        default: false
        }
    }

    private mutating func takeEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "["):
            held = [27, byte]
            state = .sequence
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"): state = .string
        case 0x20...0x2F, 27: break
        default: state = .text
        }
    }

    private mutating func takeSequence(_ byte: UInt8, _ passed: inout [UInt8]) {
        held.append(byte)
        if (0x40...0x7E).contains(byte) {
            let parameters = held.dropFirst(2).dropLast()
            let isColour = byte == UInt8(ascii: "m") && parameters.allSatisfy { (0x30...0x3B).contains($0) }
            if isColour {
                passed += held
                isColoured = true
            }
            state = .text
        } else if held.count > Self.sequenceLimit || byte < 0x20 {
            state = byte == 27 ? .escape : .text
        }
    }
}
