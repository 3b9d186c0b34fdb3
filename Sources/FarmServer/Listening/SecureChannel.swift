internal import HummingbirdCore
internal import HummingbirdHTTP2
internal import Logging
internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// TLS on a connection, and inside it HTTP/2 or what ``FarmChannel`` speaks, as the client chooses.
struct SecureChannel: ServerChildChannel {
    enum Kind: Sendable {
        case first(FarmChannel.Value)
        case second(HTTP2Channel.Value)
    }

    struct Value: ServerChildChannelValue {
        let kind: EventLoopFuture<Kind>
        let channel: any Channel
    }

    let context: NIOSSLContext
    let first: FarmChannel
    let second: HTTP2Channel
    let greeting: TimeAmount

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let deadline = GreetingDeadline(greeting)
            try pipeline.addHandler(deadline)
            try pipeline.addHandler(NIOSSLServerHandler(context: context))
            let negotiation = NIOTypedApplicationProtocolNegotiationHandler<Kind> { result, channel in
                switch result {
                case .negotiated("h2"): second.setup(channel: channel, logger: logger).map { .second($0) }
                default: first.setup(channel: channel, logger: logger).map { .first($0) }
                }
            }
            try pipeline.addHandler(negotiation)
            let kind = negotiation.protocolNegotiationResult
            let bound = NIOLoopBound(deadline, eventLoop: channel.eventLoop)
            kind.whenSuccess { _ in channel.pipeline.syncOperations.removeHandler(bound.value, promise: nil) }
            return Value(kind: kind, channel: channel)
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            switch try await value.kind.get() {
            case .first(let value): await first.handle(value: value, logger: logger)
            case .second(let value): await second.handle(value: value, logger: logger)
            }
        } catch {
            logger.debug("connection ended in its TLS handshake", metadata: ["error": "\(error)"])
        }
    }
}
