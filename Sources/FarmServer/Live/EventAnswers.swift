import FarmAPI
import FarmModel
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// Events as an endless answer: Server-Sent Events, or JSON lines for those who ask for them.
struct EventAnswers: Sendable {
    let hub: EventHub
    let format: EventFormat

    func reply(_ call: Call, builds: Set<BuildID> = []) async throws -> Reply {
        let (asked, cursor) = try await EventRequest(call.request, store: hub.store).read(builds: builds)
        let (narrowed, format) = self.format.narrowed(asked)
        var filter = narrowed
        filter.seesAudit = call.caller.role == .admin
        let asLines = call.request.headers[.accept]?.contains("application/x-ndjson") == true
        let (hub, request, channel, wanted) = (hub, call.request, call.context.channel, filter)
        let body = ResponseBody { writer in
            // Who goes is forgotten at once, not when the next event cannot be sent.
            try await request.body.consumeWithCancellationOnInboundClose { _ in
                var reader = LiveReader(hub, filter: wanted, after: cursor)
                if !asLines { try await writer.write(ByteBuffer(string: "retry: 2000\n\n")) }
                while true {
                    let (bytes, isLast) = try await Self.next(&reader, format, asLines: asLines)
                    try Task.checkCancellation()
                    if bytes.readableBytes > 0 {
                        try await hub.stalls.guarding(channel) { try await writer.write(bytes) }
                    }
                    if isLast { break }
                }
            }
            try await writer.finish(nil)
        }
        let type = asLines ? "application/x-ndjson" : "text/event-stream"
        return Reply(.ok, headers: [.contentType: type, .cacheControl: "no-store"], body: .stream(body))
    }

    private static func next(
        _ reader: inout LiveReader, _ format: EventFormat, asLines: Bool
    ) async throws -> (bytes: ByteBuffer, isLast: Bool) {
        switch try await reader.next() {
        case .events(let events): return (asLines ? format.lines(events) : format.serverSent(events), false)
        case .nothing: return (ByteBuffer(string: asLines ? "\n" : ": still here\n\n"), false)
        case .end(let reason, let cursor):
            let object: JSONObject = ["kind": "end", "reason": .string(reason), "cursor": .string(cursor.description)]
            let text = JSONValue.object(object).text
            return (ByteBuffer(string: asLines ? text + "\n" : "event: end\ndata: \(text)\n\n"), true)
        }
    }
}
