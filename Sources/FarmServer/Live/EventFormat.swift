import FarmAPI
import FarmModel
import NIOCore

/// How events are written: as records of ours or as the messages of a dialect.
struct EventFormat: Sendable {
    /// The messages that an event comes to: none, one or several, each with its type.
    let messages: @Sendable (LiveEvent) -> [(type: String, object: JSONObject)]
    /// The types of messages, each with the types of events that lead to it; nil where they are the same.
    var sources: [(type: String, events: [String])]?

    /// The records of bf-records(5).
    static let native = EventFormat(messages: { [($0.record.event, $0.record.json)] })

    /// What to read, and how to write it, for somebody who asks for messages by their types; a dialect has all of them where none is asked for.
    func narrowed(_ filter: EventFilter) -> (filter: EventFilter, format: EventFormat) {
        guard let sources else { return (filter, self) }
        let wanted = sources.filter { source in
            filter.types.isEmpty || filter.types.contains { EventFilter.pattern($0, means: source.type) }
        }
        let types = Set(wanted.map(\.type))
        var narrowed = filter
        // A type that the dialect does not have leads to no message, whatever events have its name.
        narrowed.types = wanted.isEmpty ? filter.types : Array(Set(wanted.flatMap(\.events)))
        let messages = messages
        return (narrowed, EventFormat(messages: { event in messages(event).filter { types.contains($0.type) } }, sources: sources))
    }

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
