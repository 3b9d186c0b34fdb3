internal import FarmModel
internal import NIOCore
internal import NIOHTTP1

/// Lets through, as such, only those wishes for another protocol that will come true: a WebSocket on its path for somebody who may. All others
/// become ordinary requests, as RFC 9110 section 7.8 has it; NIO's handler would drop them without an answer.
///
/// It looks at the first request of a connection, and goes.
final class UpgradeGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private let live: LiveSockets
    private let admission: LiveAdmission
    /// The parts of the request that wait for the answer.
    private var held: [HTTPServerRequestPart] = []
    private var isDone = false

    init(live: LiveSockets, admission: LiveAdmission) {
        self.live = live
        self.admission = admission
    }

    func handlerRemoved(context: ChannelHandlerContext) { isDone = true }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDone else { return context.fireChannelRead(data) }
        held.append(unwrapInboundIn(data))
        guard held.count == 1 else { return }
        guard case .head(let head) = held[0], head.asksForWebSocket, live.request(head) != nil else { return pass(context) }
        let (live, channel) = (live, context.channel)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.makeFutureWithTask { await live.admit(head, channel) }.whenComplete { result in
            let (handler, context) = bound.value
            handler.decided(try? result.get(), context)
        }
    }

    private func decided(_ role: Role?, _ context: ChannelHandlerContext) {
        guard !isDone else { return }
        if let role { admission.note(role) }
        pass(context)
    }

    private func pass(_ context: ChannelHandlerContext) {
        isDone = true
        for part in held {
            var part = part
            if case .head(var head) = part, !admission.isGranted {
                head.headers.remove(name: "Upgrade")
                part = .head(head)
            }
            context.fireChannelRead(wrapInboundOut(part))
        }
        held = []
        context.fireChannelReadComplete()
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }
}

extension HTTPRequestHead {
    /// Whether it is the opening of a WebSocket (RFC 6455 section 4.1) of the only version that there is.
    fileprivate var asksForWebSocket: Bool {
        method == .GET && headers[canonicalForm: "Upgrade"].map { $0.lowercased() } == ["websocket"]
            && headers[canonicalForm: "Connection"].contains { $0.lowercased() == "upgrade" }
            && headers["Sec-WebSocket-Version"] == ["13"] && headers["Sec-WebSocket-Key"].count == 1
    }
}
