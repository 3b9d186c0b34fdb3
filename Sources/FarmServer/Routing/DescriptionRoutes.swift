import FarmAPI
import FarmModel
import HTTPTypes

/// `/api/openapi.json`: what all routes are, for people and generators of clients.
struct DescriptionRoutes {
    /// The routes to describe, besides this one.
    let described: [Route]

    var routes: [Route] {
        let operation = Operation(
            "getDescription", "This description", role: nil, answers: [.json(200, "An OpenAPI document.", ["type": "object"])])
        let own = Route(.get, "/api/openapi.json", operation) { _ in .json(.ok, [:]) }
        let document = OpenAPIDocument((described + [own]).map(\.entry)).json
        return [Route(.get, own.path, operation) { _ in .json(.ok, document) }]
    }
}

extension Route {
    fileprivate var entry: OpenAPIDocument.Entry {
        OpenAPIDocument.Entry(
            method: method.rawValue.lowercased(), path: path, operation: operation, tag: dialect.rawValue, problems: problems)
    }

    /// The media types and schemas of its errors: paths that several dialects share answer each in its own words.
    private var problems: [(type: String, schema: JSONObject)] {
        let isShared = path.hasPrefix("/api/v1/") && !path.hasPrefix("/api/v1/native/")
        let dialects: [Dialect] = isShared ? [.native, .melange, .dsynth] : [dialect]
        return dialects.map(\.problem)
    }
}

extension Route.Dialect {
    /// The media type and schema of its errors.
    fileprivate var problem: (type: String, schema: JSONObject) {
        switch self {
        case .native: ("application/problem+json", .reference("problem"))
        case .melange: ("text/plain", ["type": "string"])
        case .dsynth: ("application/json", .reference("failure"))
        }
    }
}
