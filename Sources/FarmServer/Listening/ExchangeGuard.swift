internal import NIOCore
internal import NIOHTTP1

/// Keeps requests and answers on an HTTP/1.1 connection in step.
///
/// - A request that is none, or that can be read in two ways, is answered with 400, after the answers to those before it, and is the last.
/// - Nothing is taken after a request that says it is the last, or that was refused before all of it had come.
/// - What is left of a request that was answered early is thrown away, but not for ever, nor if it comes too slowly.
/// - A connection ends gently: what the client still sends is read for a moment, so that the system does not take the answer back.
/// - Only a first request that may open a WebSocket is shown to be one. The parser reads nothing behind any other that asks for an upgrade,
///   so that it is the last, too.
final class ExchangeGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Whether a request is let in to a WebSocket.
    typealias Doorkeeper = (HTTPRequestHead, any Channel) -> EventLoopFuture<Bool>

    private let limits: ConnectionLimits
    private let admitsSocket: Doorkeeper
    /// Requests whose answer has not ended.
    private var unanswered = 0
    /// In the middle of a request.
    private var isReceiving = false
    private var isFirst = true
    /// Nothing is taken after the request at hand.
    private var isLast = false
    /// The last answer has gone.
    private var isOver = false
    /// Bytes of a request that came after its answer.
    private var unreadBytes = 0
    /// Parts that wait until the doorkeeper has spoken.
    private var held: [HTTPServerRequestPart]?
    /// What comes and goes is not HTTP any more.
    private var isUpgraded = false
    private var pace: ClientPace
    /// The next look at the pace, or the end.
    private var timer: Scheduled<Void>?

    init(_ limits: ConnectionLimits, admitsSocket: @escaping Doorkeeper) {
        self.limits = limits
        self.admitsSocket = admitsSocket
        pace = ClientPace(leastBytes: limits.leastBytes)
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isUpgraded else { return context.fireChannelRead(data) }
        pace.received(unwrapInboundIn(data))
        guard !isOver else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): receive(head, context)
        case .body(let bytes):
            guard isReceiving else { return }
            if unanswered == 0 { unreadBytes += bytes.readableBytes }
            if unreadBytes > limits.unreadBytes { end(context) } else { pass(.body(bytes), context) }
        case .end(let trailers):
            guard isReceiving else { return }
            isReceiving = false
            unreadBytes = 0
            pass(.end(trailers), context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isReceiving, !isOver, timer == nil { watchPace(context) }
        context.fireChannelReadComplete()
        if isOver { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError { refuse(context) }
        context.fireErrorCaught(error)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isOver, let event = event as? ChannelEvent, event == .inputClosed { return context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    private func receive(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard !isLast else { return }
        guard HeadRules.areKept(by: head) else {
            refuse(context)
            return
        }
        defer { isFirst = false }
        unanswered += 1
        isReceiving = true
        isLast = !head.isKeepAlive
        guard head.headers.contains(name: "upgrade") else { return pass(.head(head), context) }
        if isFirst, WebSocketRules.areKept(by: head) { hold(head, context) } else { pass(withoutUpgrade(head), context) }
    }

    private func withoutUpgrade(_ head: HTTPRequestHead) -> HTTPServerRequestPart {
        isLast = true
        var head = head
        head.headers.remove(name: "upgrade")
        return .head(head)
    }

    private func hold(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        held = []
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        admitsSocket(head, context.channel).hop(to: context.eventLoop).whenComplete { answer in
            let (handler, context) = bound.value
            let isAdmitted = (try? answer.get()) ?? false
            let parts = [isAdmitted ? .head(head) : handler.withoutUpgrade(head)] + (handler.held ?? [])
            handler.held = nil
            for part in parts { handler.pass(part, context) }
            handler.isUpgraded = isAdmitted
            context.fireChannelReadComplete()
            context.read()
        }
    }

    private func pass(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        if held == nil { context.fireChannelRead(wrapInboundOut(part)) } else { held?.append(part) }
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isUpgraded else { return context.write(data, promise: promise) }
        guard !isOver else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.code >= 200:
            if isReceiving, unanswered == 1, head.status.code >= 400 { isLast = true }
            if isLast, unanswered == 1 { head.headers.replaceOrAdd(name: "connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            unanswered -= 1
            context.write(data, promise: promise)
            if unanswered == 0, isLast { end(context) }
        default: context.write(data, promise: promise)
        }
    }

    func read(context: ChannelHandlerContext) {
        pace.asked()
        if held == nil || isOver { context.read() }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if isOver, mode == .output { promise?.succeed() } else { context.close(mode: mode, promise: promise) }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        guard !isOver else { return }
        isLast = true
        // A request before it may still be on its way to its answer, and it may be in the body of one.
        guard unanswered == 0 else { return }
        if !isReceiving {
            let head = HTTPResponseHead(version: .http1_1, status: .badRequest, headers: ["connection": "close", "content-length": "0"])
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.end(nil)), promise: nil)
        }
        end(context)
    }

    /// Nothing more is said, and what comes is thrown away until the client has gone, for a moment.
    private func end(_ context: ChannelHandlerContext) {
        isOver = true
        context.flush()
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        timer?.cancel()
        timer = context.eventLoop.scheduleTask(in: limits.farewell) { channel.close(promise: nil) }
        context.read()
    }

    // MARK: Pace

    private func watchPace(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: limits.paceInterval) {
            let (handler, context) = bound.value
            handler.timer = nil
            guard handler.isReceiving, !handler.isOver else { return }
            if handler.pace.isTooSlow() { context.close(promise: nil) } else { handler.watchPace(context) }
        }
    }
}
