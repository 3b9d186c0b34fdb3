import FarmAPI
import FarmModel
import HTTPTypes

/// What happens, as it happens.
struct EventRoutes {
    let services: Services

    var routes: [Route] {
        let answers = EventAnswers(hub: services.hub, format: .native)
        let operation = Operation(
            "streamEvents", "Events as they happen: Server-Sent Events, JSON lines, or over a WebSocket", role: .read,
            query: EventRequest.parameters,
            answers: [.bytes("Events, without end.", "text/event-stream", "application/x-ndjson")])
        return [Route(.get, "/events", operation) { try await answers.reply($0) }]
    }
}
