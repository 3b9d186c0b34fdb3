import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// What a request for events asks for: `?build=`, `?type=`, `?worker=`, and where to go on.
struct EventRequest: Sendable {
    static let parameters = [Parameter("build", "Only events of this build; may be repeated.", isRepeated: true)] + parametersOfBuild
    static let parametersOfBuild = [
        Parameter("type", "Only events of this type, for instance job.ended, job.* or log.line; may be repeated.", isRepeated: true),
        Parameter("worker", "Only events of this runner."),
        Parameter("after", "Go on after this cursor; 0-0 is the beginning."),
    ]

    private let builds: [String]
    private let types: [String]
    private let worker: String?
    private let after: String?
    private let store: Store

    init(_ request: Request, store: Store) {
        self.init(query: request.uri, lastEventID: request.headers[.lastEventID], store: store)
    }

    init(query uri: URI, lastEventID: String?, store: Store) {
        let query = uri.queryParameters
        builds = query[values: "build"].map(String.init)
        types = query[values: "type"].flatMap { $0.split(separator: ",").map(String.init) }
        worker = query["worker"].map(String.init)
        after = lastEventID ?? query["after"].map(String.init)
        self.store = store
    }

    /// - Throws: A problem if an id is unknown or the cursor malformed.
    func read(builds more: Set<BuildID> = []) async throws -> (EventFilter, EventCursor?) {
        var cursor: EventCursor?
        if let after {
            guard let place = EventCursor(after) else {
                throw Problem(400, "bad_parameter", "\(JSONValue.string(after).text) is no cursor; a cursor is written EPOCH-SEQ")
            }
            cursor = place
        }
        return (try await offloaded { () throws(FarmError) in try self.filter(more) }, cursor)
    }

    private func filter(_ more: Set<BuildID>) throws(FarmError) -> EventFilter {
        var filter = EventFilter(builds: more, types: types)
        for text in builds {
            guard case .build(let build) = try store.resolve(text) else {
                throw FarmError(.usage, "build=\(text) is not the id of a build")
            }
            filter.builds.insert(build)
        }
        if let worker {
            guard case .runner(let runner) = try store.resolve(worker) else {
                throw FarmError(.usage, "worker=\(worker) is not the id of a runner")
            }
            filter.runner = runner
        }
        return filter
    }
}

extension HTTPField.Name {
    /// What a browser sends when it connects again to a stream of events.
    static let lastEventID = HTTPField.Name("Last-Event-ID") ?? .range
    /// A client's own key for a request that it may repeat.
    static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .expect
    /// In every answer: the name of the request in the server's log.
    static let requestID = HTTPField.Name("X-Request-Id") ?? .via
    /// A key, for clients that cannot send `Authorization`.
    static let apiKey = HTTPField.Name("X-API-Key") ?? .authorization
}
