import FarmAPI
import FarmModel
import NIOCore

/// How events are written: as records of ours or as the messages of a dialect.
struct EventFormat: Sendable {
    /// The messages that an event comes to: none, one or several, each with its type.
    let messages: @Sendable (LiveEvent) -> [(type: String, object: JSONObject)]

    /// The records of bf-records(5).
    static let native = EventFormat { [($0.record.event, $0.record.json)] }

    /// As Server-Sent Events.
    func serverSent(_ events: [LiveEvent]) -> ByteBuffer {
        var buffer = ByteBuffer()
        for event in events {
            for (type, object) in messages(event) {
                if event.isStored { buffer.writeString("id: \(event.record.cursor)\n") }
                buffer.writeString("event: \(type)\ndata: ")
                buffer.writeString(JSONValue.object(object).text)
                buffer.writeString("\n\n")
            }
        }
        return buffer
    }

    /// One JSON object a line.
    func lines(_ events: [LiveEvent]) -> ByteBuffer {
        var buffer = ByteBuffer()
        for event in events {
            for (_, object) in messages(event) {
                buffer.writeString(JSONValue.object(object).text)
                buffer.writeString("\n")
            }
        }
        return buffer
    }
}
