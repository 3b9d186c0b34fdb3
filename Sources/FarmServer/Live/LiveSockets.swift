internal import FarmAPI
internal import FarmModel
internal import FarmStore
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket

/// A request to watch events over a WebSocket that was let in.
struct LiveRequest: Sendable {
    let uri: URI
    let format: EventFormat
    /// True for administrators, who see who asked for what.
    var seesAudit = false
}

/// Events over WebSockets (RFC 6455): text messages out, pings both ways, nothing else in.
struct LiveSockets: Sendable {
    let hub: EventHub
    let gate: Gate
    /// The paths that may be upgraded, and how events are written there.
    let formats: [String: EventFormat]

    /// The request, if its path may be upgraded.
    func request(_ head: HTTPRequestHead) -> LiveRequest? {
        let uri = URI(head.uri)
        return formats[uri.path].map { LiveRequest(uri: uri, format: $0) }
    }

    /// The role of a sender who may watch; nil leaves the request to the routes, which say why not.
    func admit(_ head: HTTPRequestHead, _ channel: any Channel) async -> Role? {
        var fields = HTTPFields()
        for (name, value) in head.headers {
            guard let name = HTTPField.Name(name) else { return nil }
            fields.append(HTTPField(name: name, value: value))
        }
        let request = HTTPRequest(
            method: .get, scheme: "http", authority: head.headers.first(name: "host"), path: head.uri, headerFields: fields)
        let context = FarmRequestContext(source: .init(channel: channel, logger: Logger(label: "bf-serve")))
        let asked = Request(head: request, body: RequestBody(buffer: ByteBuffer()))
        return try? await gate.admit(asked, context, to: .read).role
    }

    /// Sends events until either side has enough.
    func serve(_ socket: FarmChannel.Socket, _ request: LiveRequest) async {
        let channel = socket.channel
        try? await socket.executeThenClose { inbound, outbound in
            await withTaskGroup { group in
                group.addTask { await listen(inbound, outbound) }
                group.addTask { await send(request, channel, outbound) }
                await group.next()
                group.cancelAll()
            }
        }
    }

    private func listen(
        _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>, _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    ) async {
        do {
            for try await frame in inbound {
                // A client masks what it sends (RFC 6455 section 5.1); messages of several frames come here without their masks.
                if frame.maskKey == nil, frame.opcode != .text, frame.opcode != .binary {
                    return try await close(outbound, .protocolError, "a client masks its frames")
                }
                switch frame.opcode {
                case .ping: try await outbound.write(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
                case .connectionClose:
                    try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: closeCode(frame.unmaskedData)))
                    return
                case .pong: continue
                default:
                    try await close(outbound, .unacceptableData, "this socket only sends")
                    return
                }
            }
        } catch {
            // The other side is gone, or speaks no WebSocket: there is nobody to tell.
            return
        }
    }

    private func closeCode(_ data: ByteBuffer) -> ByteBuffer {
        data.getSlice(at: data.readerIndex, length: min(2, data.readableBytes)) ?? data
    }

    private func send(
        _ request: LiveRequest, _ channel: any Channel, _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    ) async {
        do {
            let (asked, cursor) = try await EventRequest(query: request.uri, lastEventID: nil, store: hub.store).read()
            let (narrowed, format) = request.format.narrowed(asked)
            var filter = narrowed
            filter.seesAudit = request.seesAudit
            var reader = LiveReader(hub, filter: filter, after: cursor)
            while !Task.isCancelled {
                switch try await reader.next() {
                case .events(let events) where events.isEmpty: continue
                case .events(let events):
                    let frames = events.flatMap(format.messages).map {
                        WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: JSONValue.object($0.object).text))
                    }
                    try await hub.stalls.guarding(channel) { try await outbound.write(contentsOf: frames) }
                case .nothing: try await outbound.write(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()))
                case .end(let reason, let cursor):
                    try await close(outbound, .goingAway, "\(reason); go on after \(cursor)")
                    return
                }
            }
        } catch {
            try? await close(outbound, .policyViolation, Problem(any: error).detail)
        }
    }

    private func close(
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ code: WebSocketErrorCode, _ reason: String
    ) async throws {
        var data = ByteBuffer()
        data.write(webSocketErrorCode: code)
        // A control frame carries at most 125 bytes.
        data.writeString(String(decoding: reason.utf8.prefix(120), as: UTF8.self))
        try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: data))
    }
}
