import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// Where the phases of an attempt are in its log.
struct PhaseRoutes {
    let services: Services

    var routes: [Route] { [Route(.get, "/attempts/{attempt}/phases", .listPhases, list)] }

    @Sendable private func list(_ call: Call) async throws -> Reply {
        let (store, text) = (services.store, call.path("attempt"))
        return try await offloaded { () throws(FarmError) in
            let attempt = try store.attempt(store.attempt(named: text))
            let log = LogName(attempt.build, attempt.job, attempt: attempt.number)
            var index = store.logIndex(log)
            try index.update()
            return .json(.ok, ["phases": .array(index.phases.map { .object($0.record) })])
        }
    }
}

extension LogPhase {
    /// For programs that show the log.
    fileprivate var record: JSONObject {
        var object: JSONObject = ["name": .string(name), "start": .int(start), "start_ms": .int(startMilliseconds)]
        object.add("end", end)
        object.add("end_ms", endMilliseconds)
        object.add("result", result)
        return object
    }
}

extension Operation {
    fileprivate static let listPhases = Operation(
        "listPhases", "Where the phases of an attempt are in its log", role: .read,
        answers: [
            .json(
                200, "The phases in the order they ran; end and result are absent of one that runs.",
                [
                    "type": "object", "required": ["phases"],
                    "properties": [
                        "phases": [
                            "type": "array",
                            "items": [
                                "type": "object", "required": ["name", "start", "start_ms"],
                                "properties": [
                                    "name": ["type": "string"],
                                    "start": [
                                        "type": "integer", "description": "The offset in the log where its output begins, in bytes.",
                                    ],
                                    "end": ["type": "integer", "description": "Where it ends."],
                                    "start_ms": [
                                        "type": "integer", "description": "When it began, in milliseconds since the attempt's start.",
                                    ],
                                    "end_ms": ["type": "integer"],
                                    "result": ["type": "string", "description": "success, a failure class, or stopped."],
                                ],
                            ],
                        ]
                    ],
                ])
        ])
}
