import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// `/healthz`: alive, and able to read the state directory.
struct HealthRoutes {
    let services: Services

    var routes: [Route] {
        let store = services.store
        let operation = Operation(
            "health", "Whether the server is alive and can read its state", role: nil,
            answers: [
                .json(
                    200, "It is well.",
                    ["type": "object", "required": ["status"], "properties": ["status": ["type": "string", "const": "ok"]]])
            ])
        return [
            Route(.get, "/healthz", operation) { _ in
                try await offloaded { () throws(FarmError) in
                    _ = try store.farmPause()
                    return Reply.json(.ok, ["status": "ok"])
                }
            }
        ]
    }
}
