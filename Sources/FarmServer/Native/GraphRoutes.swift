import FarmAPI
import FarmModel
import FarmStore
import GraphCommand
import HTTPTypes
import NIOCore

/// The graph of a build: as records, in the languages of drawing programs, drawn.
struct GraphRoutes {
    let services: Services

    var routes: [Route] { [Route(.get, "/builds/{build}/graph", .getGraph, graph)] }

    @Sendable private func graph(_ call: Call) async throws -> Reply {
        let (store, environment) = (services.store, services.environment)
        let format = call.query("format") ?? "json"
        if format == "json" { return try await records(call) }
        guard let form = GraphDrawing.Form(rawValue: format) else {
            throw Problem(
                400, "bad_parameter", "format=\(JSONValue.string(format).text) is not known; there are json, dot, mermaid and svg")
        }
        return try await offloaded { () throws(FarmError) in
            let build = try store.build(named: call.path("build"))
            let bytes = try GraphDrawing(build, in: store).bytes(form, environment: environment)
            // A drawing opened by itself must not run anything: names in it are a stranger's.
            return Reply(
                .ok, headers: [.contentType: form.mediaType, .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'"],
                body: .bytes(ByteBuffer(bytes: bytes)))
        }
    }

    private func records(_ call: Call) async throws -> Reply {
        let store = services.store
        return try await offloaded { () throws(FarmError) in
            let build = try store.build(named: call.path("build"))
            let edges = try store.edges(of: build).map { edge in
                JSONValue.array([.string(edge.job.description), .string(edge.need.description)])
            }
            return .json(.ok, ["nodes": .array(try store.jobs(of: build).map { .object($0.json) }), "edges": .array(edges)])
        }
    }
}

extension GraphDrawing.Form {
    fileprivate var mediaType: String {
        switch self {
        case .dot: "text/vnd.graphviz; charset=utf-8"
        case .mermaid: "text/plain; charset=utf-8"
        case .svg: "image/svg+xml"
        }
    }
}

extension Operation {
    fileprivate static let getGraph = Operation(
        "getGraph", "The graph of a build", role: .read,
        query: [.word("format", "json if not given; svg needs Graphviz on the server.", ["json", "dot", "mermaid", "svg"])],
        answers: [
            Answer(
                200, "The jobs, and for each need a pair of the needing and the needed job.",
                [
                    (
                        "application/json",
                        [
                            "type": "object", "required": ["nodes", "edges"],
                            "properties": [
                                "nodes": ["type": "array", "items": .object(.reference("job"))],
                                "edges": ["type": "array", "items": ["type": "array", "items": ["type": "string"]]],
                            ],
                        ]
                    ), ("text/vnd.graphviz", ["type": "string"]), ("text/plain", ["type": "string"]), ("image/svg+xml", ["type": "string"]),
                ])
        ])
}
