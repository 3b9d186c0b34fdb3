public import FarmModel

extension Store {
    /// The backends in the order of their addresses.
    public func backends() throws(FarmError) -> [BackendRecord] {
        try backendStatuses().map(\.backend)
    }

    /// The backends with what is known of them, in the order of their addresses.
    public func backendStatuses() throws(FarmError) -> [BackendStatus] {
        try read { database throws(FarmError) in try BackendReader(database).statuses() }
    }

    /// Makes these the backends, durably, in the place of all others; nothing is written if they are already.
    /// - Parameter requester: Who asked.
    public func setBackends(_ backends: [BackendRecord], pool: BackendPool, by requester: Requester) throws(FarmError) {
        let (present, presentPool) = (try self.backends(), try backendPool())
        guard present != backends.sorted(by: { $0.address < $1.address }) || presentPool != pool else { return }
        try write(.durable, rings: true) { transaction throws(FarmError) in
            let database = transaction.database
            for old in present where !backends.contains(where: { $0.address == old.address }) {
                try database.run("DELETE FROM backends WHERE address = ?", old.address)
            }
            // What is known of one that stays is kept.
            for backend in backends {
                try database.run(
                    """
                    INSERT INTO backends(name, address, settings) VALUES(?, ?, ?)
                    ON CONFLICT(name) DO UPDATE SET settings = excluded.settings
                    """, backend.address, backend.address, backend.settings)
            }
            try database.run("INSERT OR REPLACE INTO meta(name, value) VALUES('backend_pool', ?)", JSONValue.object(pool.json).text)
            try transaction.audit(.backend, by: requester, data: ["set": .array(backends.map { .string($0.address) })])
        }
    }

    /// What holds for all backends.
    public func backendPool() throws(FarmError) -> BackendPool {
        try read { database throws(FarmError) in try BackendReader(database).pool() }
    }

    /// Adds a backend, durably.
    /// - Parameter requester: Who asked.
    /// - Returns: false if there is one with this address already, which stays as it is.
    public func add(_ backend: BackendRecord, by requester: Requester) throws(FarmError) -> Bool {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            let added = try transaction.database.run(
                "INSERT OR IGNORE INTO backends(name, address, settings) VALUES(?, ?, ?)", backend.address, backend.address,
                backend.settings)
            guard added == 1 else { return false }
            try transaction.audit(.backend, by: requester, data: ["added": .string(backend.address)])
            return true
        }
    }

    /// The backends as they are now, in the order of their addresses.
    public func backendReports() throws(FarmError) -> [BackendReport] {
        let now = clock()
        return try backendStatuses().map { BackendReport($0, now) }
    }

    /// Removes a backend, durably. What runs on it goes on; what a dead runner left on it is taken for gone.
    /// - Parameters:
    ///   - keepsOne: Whether the only one stays.
    ///   - requester: Who asked.
    public func removeBackend(_ address: String, keepsOne: Bool, by requester: Requester) throws(FarmError) -> BackendRemoval {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            let count = try transaction.database.first("SELECT count(*) FROM backends") { $0.integer(0) } ?? 0
            guard count != 1 || !keepsOne else { return .last }
            let removed = try transaction.database.run("DELETE FROM backends WHERE address = ?", address)
            guard removed == 1 else { return .unknown }
            try transaction.audit(.backend, by: requester, data: ["removed": .string(address)])
            return .removed
        }
    }

    /// Gives a backend no more jobs until ``resumeBackend(_:by:)``, durably; what runs on it goes on.
    /// - Parameter reason: Shown to whoever asks why nothing goes there.
    /// - Returns: false if there is no backend with this address.
    public func drainBackend(_ address: String, by requester: Requester, reason: String?) throws(FarmError) -> Bool {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            var drain: JSONObject = ["since": .string(Timestamp.format(milliseconds: transaction.now.wallMilliseconds))]
            drain.add("by", requester.user)
            drain.add("reason", reason)
            let changed = try transaction.database.run("UPDATE backends SET drain = ? WHERE address = ?", drain, address)
            if changed == 1 { try transaction.audit(.backend, by: requester, data: ["drained": .string(address)]) }
            return changed == 1
        }
    }

    /// Gives a backend jobs again, durably, also one that rests after failures.
    /// - Returns: false if there is no backend with this address.
    public func resumeBackend(_ address: String, by requester: Requester) throws(FarmError) -> Bool {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            let changed = try transaction.database.run("UPDATE backends SET drain = NULL, breaker = NULL WHERE address = ?", address)
            if changed == 1 { try transaction.audit(.backend, by: requester, data: ["resumed": .string(address)]) }
            return changed == 1
        }
    }

    /// Makes whoever looks after backends ask one how it is.
    /// - Returns: false if there is no backend with this address.
    public func requestProbe(of address: String) throws(FarmError) -> Bool {
        try write(.lazy, rings: true) { transaction throws(FarmError) in
            try transaction.database.run(
                "UPDATE backends SET health = json_remove(coalesce(health, '{}'), '$.checked') WHERE address = ?", address) == 1
        }
    }

    /// Notes what a backend answered when it was asked how it is.
    public func note(_ health: BackendHealth, of address: String) throws(FarmError) {
        let before = try backendStatuses().first { $0.backend.address == address }?.health
        try write(.lazy, rings: before?.isOffline != health.isOffline) { transaction throws(FarmError) in
            _ = try transaction.database.run("UPDATE backends SET health = ? WHERE address = ?", health.json, address)
        }
    }
}
