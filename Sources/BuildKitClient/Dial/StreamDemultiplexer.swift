internal import NIOCore

/// Takes the standard output out of the stream in which dockerd mixes it with the standard error of a command that has no terminal: frames
/// of a byte for the stream, three zero bytes, four bytes for the length, and the content.
final class StreamDemultiplexer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private static let headSize = 8
    private static let output: UInt8 = 1

    private var held = ByteBuffer()
    private var stream: UInt8 = 0
    private var rest = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var input = unwrapInboundIn(data)
        held.writeBuffer(&input)
        while held.readableBytes > 0 {
            if rest == 0 {
                guard held.readableBytes >= Self.headSize, let head: UInt32 = held.readInteger(), let length: UInt32 = held.readInteger()
                else { break }
                stream = UInt8(truncatingIfNeeded: head >> 24)
                rest = Int(length)
                continue
            }
            guard let slice = held.readSlice(length: min(rest, held.readableBytes)) else { break }
            rest -= slice.readableBytes
            if stream == Self.output { context.fireChannelRead(wrapInboundOut(slice)) }
        }
        held.discardReadBytes()
    }
}
