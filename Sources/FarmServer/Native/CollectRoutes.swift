import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// Garbage collection, as bf-gc does it.
struct CollectRoutes {
    let services: Services

    var routes: [Route] { [Route(.post, "/gc", .collectGarbage, collect)] }

    /// The most records of one answer; all is removed all the same.
    private static let recordLimit = 10_000

    @Sendable private func collect(_ call: Call) async throws -> Reply {
        let wish = try await call.object(of: "dry_run")["dry_run"] ?? true
        guard let isDryRun = wish.bool else { throw Problem(422, "bad_input", "dry_run: expected true or false") }
        let services = services
        return try await offloaded(on: .waiting) { () throws(FarmError) in
            var records: [JSONValue] = []
            var count = 0
            var notices: [JSONValue] = []
            do {
                let collector = try Collector(
                    store: services.store, policy: services.retention, isDryRun: isDryRun, notice: { notices.append(.string($0)) },
                    report: { record in
                        count += 1
                        if count <= Self.recordLimit { records.append(.object(record.json)) }
                    })
                try collector.collect()
            } catch let error as FarmError { throw error } catch { throw FarmError(.internalError, "\(error)") }
            if !isDryRun {
                services.store.settle()
                try services.store.audit(.gc, by: call.requester, data: ["removed": .int(Int64(count))])
            }
            return .json(
                .ok, ["dry_run": .bool(isDryRun), "count": .int(Int64(count)), "records": .array(records), "notices": .array(notices)])
        }
    }
}

extension Operation {
    fileprivate static let collectGarbage = Operation(
        "collectGarbage", "Remove what the retention policy does not keep; without dry_run false only tell what would go", role: .admin,
        body: .json(
            [
                "type": "object", "additionalProperties": false, "properties": ["dry_run": ["type": "boolean", "default": true]],
            ], isRequired: false),
        answers: [
            .json(
                200, "What went or would go.",
                [
                    "type": "object", "required": ["dry_run", "count", "records", "notices"],
                    "properties": [
                        "dry_run": ["type": "boolean"], "count": ["type": "integer"],
                        "records": ["type": "array", "items": .object(.reference("gc"))],
                        "notices": ["type": "array", "items": ["type": "string"]],
                    ],
                ])
        ])
}
