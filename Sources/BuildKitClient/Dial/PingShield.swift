internal import NIOCore

/// Answers the PING frames of HTTP/2 (RFC 9113, 6.7) before NIO's handler sees them.
///
/// A BuildKit daemon measures the connection with one PING per round trip while it receives data. NIO takes more than 200 control frames
/// in 30 seconds for an attack and ends the connection, so large transfers would break. Everything else passes untouched.
final class PingShield: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let headSize = 9
    private static let pingSize = 8
    private static let pingType: UInt8 = 6
    private static let acknowledged: UInt8 = 1
    /// What a client sends before its first frame.
    private static let prefaceSize = 24

    /// Bytes of the present frame, or of the preface, that still pass.
    private var passing: Int
    /// The beginning of a frame that is not complete enough to be judged.
    private var held = ByteBuffer()

    /// - Parameter isServer: the other side is the client of the connection.
    init(isServer: Bool) { passing = isServer ? Self.prefaceSize : 0 }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var input = unwrapInboundIn(data)
        if held.readableBytes > 0 {
            held.writeBuffer(&input)
            input = held
            held = ByteBuffer()
        }
        var answers = ByteBuffer()
        var passed = input.readerIndex
        var position = passed
        while position < input.writerIndex {
            let rest = input.writerIndex - position
            if passing > 0 {
                let length = min(passing, rest)
                passing -= length
                position += length
            } else if let content = ping(in: input, at: position) {
                guard rest >= Self.headSize + Self.pingSize else { break }
                pass(input, from: passed, to: position, context)
                answers.writeBytes([0, 0, UInt8(Self.pingSize), Self.pingType, Self.acknowledged, 0, 0, 0, 0])
                answers.writeImmutableBuffer(content)
                position += Self.headSize + Self.pingSize
                passed = position
            } else if let length = frameLength(in: input, at: position) {
                passing = length
            } else {
                break
            }
        }
        pass(input, from: passed, to: position, context)
        held = input.getSlice(at: position, length: input.writerIndex - position) ?? ByteBuffer()
        if answers.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(answers), promise: nil) }
    }

    /// The length of the frame with its head; nil if the head is not complete.
    private func frameLength(in input: ByteBuffer, at position: Int) -> Int? {
        guard input.writerIndex - position >= Self.headSize, let head: UInt32 = input.getInteger(at: position) else { return nil }
        return Self.headSize + Int(head >> 8)
    }

    /// The content of a PING that asks for an answer, empty while it is not complete; nil for every other frame.
    private func ping(in input: ByteBuffer, at position: Int) -> ByteBuffer? {
        guard frameLength(in: input, at: position) == Self.headSize + Self.pingSize,
            let type: UInt8 = input.getInteger(at: position + 3), type == Self.pingType,
            let flags: UInt8 = input.getInteger(at: position + 4), flags & Self.acknowledged == 0
        else { return nil }
        return input.getSlice(at: position + Self.headSize, length: Self.pingSize) ?? ByteBuffer()
    }

    private func pass(_ input: ByteBuffer, from start: Int, to end: Int, _ context: ChannelHandlerContext) {
        guard end > start, let slice = input.getSlice(at: start, length: end - start) else { return }
        context.fireChannelRead(wrapInboundOut(slice))
    }
}
