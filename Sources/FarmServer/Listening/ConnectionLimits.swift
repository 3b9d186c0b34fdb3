internal import HummingbirdCore
internal import NIOCore
internal import NIOHTTP1

/// What a stranger's connection may cost.
struct ConnectionLimits: Sendable {
    /// Connections at once; more wait in the kernel's queue.
    var connections = 8_192
    /// From the first byte, or the end of the last answer, to the end of the next request's head and between parts of its body.
    var idle = TimeAmount.seconds(60)
    /// For TLS and the head of the first request.
    var greeting = TimeAmount.seconds(15)
    /// Bytes of one header field.
    var headerField = 16 << 10
    /// Bytes of all header fields together.
    var headers = 64 << 10
    /// How many header fields.
    var headerCount = 128
    /// A request that has begun must bring so many bytes in each interval while the server is ready for them.
    var leastBytes = 8 << 10
    var paceInterval = TimeAmount.seconds(20)
    /// Bytes of a request that are read and thrown away after its answer.
    var unreadBytes = 256 << 10
    /// How long a client may go on sending after the last answer.
    var farewell = TimeAmount.seconds(2)
    /// Bytes of one message from a WebSocket client.
    var webSocketFrame = 64 << 10

    /// Other files than connections that a server has open: the database, logs, files that are being sent.
    private static let otherFiles = 256

    /// - Parameter openFiles: How many files the process may have open.
    init(openFiles: Int) { connections = min(connections, max(64, openFiles - Self.otherFiles)) }

    var decoder: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = headerField
        limits.maxHeaderListSize = headers
        limits.maxHeaderFieldCount = headerCount
        return limits
    }

    var stream: HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            idleTimeout: idle,
            httpDecoderConfiguration: .init(maxHeaderFieldSize: headerField, maxHeaderListSize: headers, maxHeaderFieldCount: headerCount))
    }
}
