internal import NIOCore
internal import Synchronization

/// Takes apart what a container without a terminal prints: frames of 8 bytes, the stream's number, three zeros and the length, big-endian, before
/// each piece (Docker Engine API, "Attach to a container", stream format). Nothing but the head of a frame is ever kept.
public final class ContainerOutput: Sendable {
    /// Where something was printed.
    public enum Stream: UInt8, Sendable {
        case input, output, error
    }

    /// It is no such stream.
    struct Malformed: Error {
        let text: String
    }

    private struct State {
        var head = ByteBuffer()
        var stream = Stream.output
        /// How much of the present frame is to come.
        var rest = 0
    }

    private static let headSize = 8
    private let state = Mutex(State())

    init() {}

    /// The next pieces, in order.
    func split(_ piece: ByteBuffer) throws(Malformed) -> [(Stream, ByteBuffer)] {
        try state.withLock { state throws(Malformed) in
            var piece = piece
            var parts: [(Stream, ByteBuffer)] = []
            while piece.readableBytes > 0 {
                if state.rest == 0 {
                    guard try Self.readHead(&piece, &state) else { break }
                } else if let part = piece.readSlice(length: min(state.rest, piece.readableBytes)) {
                    state.rest -= part.readableBytes
                    parts.append((state.stream, part))
                }
            }
            return parts
        }
    }

    /// False until the head is whole.
    private static func readHead(_ piece: inout ByteBuffer, _ state: inout State) throws(Malformed) -> Bool {
        if var part = piece.readSlice(length: min(headSize - state.head.readableBytes, piece.readableBytes)) {
            state.head.writeBuffer(&part)
        }
        guard state.head.readableBytes == headSize else { return false }
        let number = state.head.readInteger(as: UInt8.self) ?? 0
        state.head.moveReaderIndex(forwardBy: 3)
        let length = state.head.readInteger(as: UInt32.self) ?? 0
        state.head.clear()
        guard let stream = Stream(rawValue: number) else { throw Malformed(text: "a frame is of stream \(number)") }
        state.stream = stream
        state.rest = Int(length)
        return true
    }
}
