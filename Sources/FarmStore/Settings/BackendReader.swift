import FarmModel

/// Reads backends and what is known of them.
struct BackendReader {
    private let database: Connection

    init(_ database: Connection) { self.database = database }

    /// All of them, in the order of their addresses.
    func statuses() throws(FarmError) -> [BackendStatus] { try statuses("1", []) }

    /// One of them; nil if there is none with this address.
    func status(of address: String) throws(FarmError) -> BackendStatus? { try statuses("address = ?", [address]).first }

    /// What holds for all of them.
    func pool() throws(FarmError) -> BackendPool {
        let object = try database.first("SELECT value FROM meta WHERE name = 'backend_pool'") { $0.object(0) } ?? nil
        return object.map { BackendPool($0) } ?? BackendPool()
    }

    private func statuses(_ condition: String, _ values: [any SQLBindable]) throws(FarmError) -> [BackendStatus] {
        let sql = "SELECT address, settings, breaker, drain, health FROM backends WHERE \(condition) ORDER BY address"
        let rows = try database.all(sql, values: values) { row in
            (
                BackendRecord(address: row.text(0), settings: row.object(1) ?? JSONObject()), row.object(2), row.object(3), row.object(4)
            )
        }
        guard !rows.isEmpty else { return [] }
        let pool = try pool()
        var running: [String: [AttemptID]] = [:]
        for attempt in try attempts() { running[attempt.backend, default: []].append(attempt.id) }
        return rows.map { backend, breaker, drain, health in
            var status = BackendStatus(backend, pool: pool)
            status.attempts = running[backend.address] ?? []
            status.breaker = breaker.map { CircuitBreaker($0) } ?? CircuitBreaker()
            status.drain = drain
            status.health = health.map { BackendHealth($0) } ?? BackendHealth()
            return status
        }
    }

    private func attempts() throws(FarmError) -> [(backend: String, id: AttemptID)] {
        try database.all("SELECT backend, id FROM attempts WHERE state = 'running' AND backend IS NOT NULL ORDER BY id") { row in
            (row.text(0), row.identifier(1))
        }
    }
}
