package import NIOCore

/// Asks an HTTP/1.1 server to hand over the connection, and holds every byte after the head of its answer until the handlers for that are in
/// place and this one is removed.
package final class UpgradeHandler: ChannelInboundHandler, RemovableChannelHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    /// The answer is not the one that hands over the connection.
    package struct Refusal: Error, Equatable {
        /// The status; 0 if there is none.
        package let status: Int
        /// What the answer says, or its first line.
        package let text: String

        package init(status: Int, text: String) {
            self.status = status
            self.text = text
        }
    }

    private let request: String
    /// Nil once it was fulfilled.
    private var done: EventLoopPromise<Void>?
    private var held = ByteBuffer()
    private var isUpgraded = false

    private static let headLimit = 64 << 10
    private static let heldLimit = 4 << 20
    private static let headEnd = Array("\r\n\r\n".utf8)

    /// - Parameters:
    ///   - request: the whole request, with its body.
    ///   - done: fulfilled once the connection is handed over.
    package init(request: String, done: EventLoopPromise<Void>) {
        self.request = request
        self.done = done
    }

    /// Lets the server's bytes through, those that were held first. The handlers for them must be in the channel's pipeline.
    package static func remove(from channel: any Channel) async throws {
        try await channel.eventLoop.flatSubmit {
            channel.pipeline.context(handlerType: UpgradeHandler.self).flatMap {
                channel.pipeline.syncOperations.removeHandler(context: $0)
            }
        }.get()
    }

    package func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
        context.fireChannelActive()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        held.writeBuffer(&bytes)
        guard !isUpgraded, done != nil else {
            // Whoever asked adds handlers at once; no protocol begins with so much.
            if held.readableBytes > Self.heldLimit { context.close(promise: nil) }
            return
        }
        let view = held.readableBytesView
        guard let end = view.firstRange(of: Self.headEnd) else {
            if held.readableBytes > Self.headLimit { settle(.failure(Refusal(status: 0, text: "the answer has no end"))) }
            return
        }
        let head = held.readString(length: end.upperBound - view.startIndex) ?? ""
        let status = head.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0.prefix(3)) } ?? 0
        // Podman says 200 where Docker says 101.
        if status == 101 || status == 200 {
            isUpgraded = true
            settle(.success(()))
        } else {
            settle(.failure(Refusal(status: status, text: Self.message(held, head))))
        }
    }

    private static func message(_ body: ByteBuffer, _ head: String) -> String {
        let text = String(decoding: body.readableBytesView.prefix(2_000), as: UTF8.self)
        return text.isEmpty ? String(head.prefix { !$0.isNewline }) : text
    }

    private func settle(_ result: Result<Void, any Error>) {
        done?.completeWith(result)
        done = nil
    }

    package func channelInactive(context: ChannelHandlerContext) {
        settle(.failure(ChannelError.eof))
        context.fireChannelInactive()
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        settle(.failure(error))
        context.fireErrorCaught(error)
    }

    package func removeHandler(context: ChannelHandlerContext, removalToken: ChannelHandlerContext.RemovalToken) {
        if held.readableBytes > 0 {
            context.fireChannelRead(wrapInboundOut(held))
            context.fireChannelReadComplete()
            held.clear()
        }
        context.leavePipeline(removalToken: removalToken)
    }
}
