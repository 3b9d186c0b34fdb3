internal import NIOCore
internal import Synchronization

/// Takes apart an answer of JSON objects, one after the other: by their braces, as podman writes some without a line end between them.
final class ObjectSplitter: Sendable {
    /// An object is longer than any daemon's.
    struct TooLong: Error {}

    private struct State {
        var text: [UInt8] = []
        var depth = 0
        var isInString = false
        var isEscaped = false
    }

    private static let limit = 1 << 20
    private let state = Mutex(State())

    init() {}

    /// The objects that are whole now.
    func split(_ piece: ByteBuffer) throws -> [[UInt8]] {
        try state.withLock { state in
            var objects: [[UInt8]] = []
            for byte in piece.readableBytesView where Self.take(byte, &state) {
                objects.append(state.text)
                state.text = []
            }
            if state.text.count > Self.limit { throw TooLong() }
            return objects
        }
    }

    /// True at the end of an object. What stands between objects is left out.
    private static func take(_ byte: UInt8, _ state: inout State) -> Bool {
        if state.depth == 0 && byte != UInt8(ascii: "{") { return false }
        state.text.append(byte)
        if state.isInString {
            if state.isEscaped {
                state.isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                state.isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                state.isInString = false
            }
            return false
        }
        switch byte {
        case UInt8(ascii: "\""): state.isInString = true
        case UInt8(ascii: "{"): state.depth += 1
        case UInt8(ascii: "}"): state.depth -= 1
        default: break
        }
        return state.depth == 0
    }
}
