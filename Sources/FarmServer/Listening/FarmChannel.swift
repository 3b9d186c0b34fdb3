internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
internal import NIOWebSocket

/// HTTP/1.1 on a connection, or a WebSocket if the first request asks for one.
struct FarmChannel: ServerChildChannel, HTTPChannelHandler {
    typealias HTTP = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
    typealias Socket = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    /// What the first request led to.
    enum Kind: Sendable {
        case http(HTTP)
        case socket(Socket, LiveRequest)
    }

    struct Value: ServerChildChannelValue {
        let kind: EventLoopFuture<Kind>
        let channel: any Channel
    }

    let responder: HTTPChannelHandler.Responder
    let live: LiveSockets
    let limits: ConnectionLimits
    let isSecure: Bool

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let deadline = GreetingDeadline(limits.greeting)
            try pipeline.addHandler(deadline)
            let admission = LiveAdmission()
            let upgrade = NIOTypedHTTPServerUpgradeConfiguration<Kind>(
                upgraders: [upgrader(admission)], notUpgradingCompletionHandler: { httpKind($0, logger: logger) })
            var configuration = NIOUpgradableHTTPServerPipelineConfiguration(upgradeConfiguration: upgrade)
            // Requests are taken one after the other from the asynchronous channel.
            configuration.enablePipelining = false
            configuration.enableResponseHeaderValidation = false
            configuration.enableErrorHandling = false
            configuration.decoderConfiguration = limits.decoder
            let kind = try pipeline.configureUpgradableHTTPServerPipeline(configuration: configuration)
            let upgradeHandler = try pipeline.handler(type: NIOTypedHTTPServerUpgradeHandler<Kind>.self)
            let exchanges = ExchangeGuard(limits) { admitsSocket($0, $1, admission) }
            try pipeline.addHandler(exchanges, position: .before(upgradeHandler))
            let bound = NIOLoopBound(deadline, eventLoop: channel.eventLoop)
            kind.whenSuccess { _ in channel.pipeline.syncOperations.removeHandler(bound.value, promise: nil) }
            kind.whenFailure { _ in channel.close(promise: nil) }
            return Value(kind: kind, channel: channel)
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            switch try await value.kind.get() {
            case .http(let http): await handleHTTP(asyncChannel: http, logger: logger)
            case .socket(let socket, let request): await live.serve(socket, request)
            }
        } catch {
            logger.debug("connection ended before its first request", metadata: ["error": "\(error)"])
        }
    }

    private func httpKind(_ channel: any Channel, logger: Logger) -> EventLoopFuture<Kind> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: isSecure))
            try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: Duration(limits.idle), logger: logger))
            return .http(
                try NIOAsyncChannel(
                    wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true)))
        }
    }

    /// What is not let in is left to the routes, which say why not.
    private func admitsSocket(_ head: HTTPRequestHead, _ channel: any Channel, _ admission: LiveAdmission) -> EventLoopFuture<Bool> {
        guard live.request(head) != nil else { return channel.eventLoop.makeSucceededFuture(false) }
        let live = live
        return channel.eventLoop.makeFutureWithTask {
            guard let role = await live.admit(head, channel) else { return false }
            admission.note(role)
            return true
        }
    }

    private func upgrader(_ admission: LiveAdmission) -> NIOTypedWebSocketServerUpgrader<Kind> {
        let live = live
        return NIOTypedWebSocketServerUpgrader(
            maxFrameSize: limits.webSocketFrame,
            shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture(admission.isGranted ? HTTPHeaders() : nil) },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    guard var request = live.request(head) else { throw ChannelError.operationUnsupported }
                    request.seesAudit = admission.isAdministrator
                    let exchanges = try channel.pipeline.syncOperations.handler(type: ExchangeGuard.self)
                    channel.pipeline.syncOperations.removeHandler(exchanges, promise: nil)
                    try channel.pipeline.syncOperations.addHandler(
                        NIOWebSocketFrameAggregator(
                            minNonFinalFragmentSize: 1, maxAccumulatedFrameCount: 64, maxAccumulatedFrameSize: limits.webSocketFrame))
                    return .socket(try NIOAsyncChannel(wrappingChannelSynchronously: channel), request)
                }
            })
    }
}
