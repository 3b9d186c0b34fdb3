internal import NIOCore

/// Takes no more connections than there may be at once; further ones wait in the kernel's queue until others have ended.
final class ConnectionGauge: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    private let limit: Int
    private var open = 0
    private var isReadHeld = false

    init(limit: Int) { self.limit = limit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        open += 1
        let gauge = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        unwrapInboundIn(data).closeFuture.hop(to: context.eventLoop).whenComplete { _ in
            let (handler, context) = gauge.value
            handler.closed(context)
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        if open < limit { context.read() } else { isReadHeld = true }
    }

    private func closed(_ context: ChannelHandlerContext) {
        open -= 1
        guard isReadHeld, open < limit else { return }
        isReadHeld = false
        context.read()
    }
}
