import FarmAPI
import FarmModel
import FarmStore
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
        let ofBuild = Operation(
            "streamBuildEvents", "Events of a build as they happen: Server-Sent Events or JSON lines", role: .read,
            query: EventRequest.parameters,
            answers: [.bytes("Events, without end.", "text/event-stream", "application/x-ndjson")])
        let store = services.store
        return [
            Route(.get, "/events", operation) { try await answers.reply($0) },
            Route(.get, "/builds/{build}/events", ofBuild) { call in
                let text = call.path("build")
                let build = try await offloaded { () throws(FarmError) in try store.build(named: text) }
                return try await answers.reply(call, builds: [build])
            },
        ]
    }
}
