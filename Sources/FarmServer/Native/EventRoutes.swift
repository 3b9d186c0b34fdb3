import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// What happens, as it happens.
struct EventRoutes {
    let services: Services

    var routes: [Route] {
        let answers = EventAnswers(hub: services.hub, format: .native)
        let store = services.store
        return [
            Route(.get, "/events", .streamEvents) { try await answers.reply($0) },
            Route(.get, "/builds/{build}/events", .streamBuildEvents) { call in
                let build = try await offloaded { () throws(FarmError) in try store.build(named: call.path("build")) }
                return try await answers.reply(call, builds: [build])
            },
        ]
    }
}

extension Operation {
    fileprivate static let streamEvents = Operation(
        "streamEvents", "Events as they happen: Server-Sent Events, JSON lines, or over a WebSocket", role: .read,
        query: EventRequest.parameters, answers: [events])
    fileprivate static let streamBuildEvents = Operation(
        "streamBuildEvents", "Events of a build as they happen: Server-Sent Events or JSON lines", role: .read,
        query: EventRequest.parametersOfBuild, answers: [events])
    private static let events = Answer.bytes("Events, without end.", "text/event-stream", "application/x-ndjson")
}
