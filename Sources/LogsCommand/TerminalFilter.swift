/// Lets text, tabs, line ends and colour sequences (SGR, ECMA-48 8.3.117) through to a terminal and drops every other control: a build's output
/// must not move the cursor, set the title or fill the clipboard.
struct TerminalFilter {
    private enum State {
        case text
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
    private static let sequenceLimit = 64

    init(isOn: Bool) { self.isOn = isOn }

    /// What of the bytes may pass; sequences may be cut anywhere between two calls.
    mutating func pass(_ bytes: [UInt8]) -> [UInt8] {
        guard isOn else { return bytes }
        var passed: [UInt8] = []
        passed.reserveCapacity(bytes.count)
        for byte in bytes { take(byte, &passed) }
        return passed
    }

    private mutating func take(_ byte: UInt8, _ passed: inout [UInt8]) {
        switch state {
        case .text: takeText(byte, &passed)
        case .escape: takeEscape(byte)
        case .sequence: takeSequence(byte, &passed)
        case .string: if byte == 7 { state = .text } else if byte == 27 { state = .stringEscape }
        case .stringEscape: state = byte == UInt8(ascii: "\\") ? .text : .string
        }
    }

    private mutating func takeText(_ byte: UInt8, _ passed: inout [UInt8]) {
        switch byte {
        case 27: state = .escape
        case 9, 10, 13, 32...126, 128...255: passed.append(byte)
        default: break
        }
    }

    private mutating func takeEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "["):
            held = [27, byte]
            state = .sequence
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"): state = .string
        default: state = .text
        }
    }

    private mutating func takeSequence(_ byte: UInt8, _ passed: inout [UInt8]) {
        held.append(byte)
        if (0x40...0x7E).contains(byte) {
            let parameters = held.dropFirst(2).dropLast()
            let isColour = byte == UInt8(ascii: "m") && parameters.allSatisfy { (0x30...0x3B).contains($0) }
            if isColour { passed += held }
            state = .text
        } else if held.count > Self.sequenceLimit || byte < 0x20 {
            state = .text
        }
    }
}
