public import FarmModel

extension Store {
    /// The backends in the order of their addresses.
    public func backends() throws(FarmError) -> [BackendRecord] {
        try read { database throws(FarmError) in
            try database.all("SELECT address, settings FROM backends ORDER BY address") { row in
                BackendRecord(address: row.text(0), settings: row.object(1) ?? JSONObject())
            }
        }
    }

    /// Makes these the backends, durably, in the place of all others; nothing is written if they are already.
    /// - Parameter requester: Who asked.
    public func setBackends(_ backends: [BackendRecord], pool: BackendPool, by requester: Requester) throws(FarmError) {
        let (present, presentPool) = (try self.backends(), try backendPool())
        guard present != backends.sorted(by: { $0.address < $1.address }) || presentPool != pool else { return }
        try write(.durable, rings: true) { transaction throws(FarmError) in
            let database = transaction.database
            try database.run("DELETE FROM backends")
            for backend in backends {
                try database.run(
                    "INSERT INTO backends(name, address, settings) VALUES(?, ?, ?)", backend.address, backend.address, backend.settings)
            }
            try database.run("INSERT OR REPLACE INTO meta(name, value) VALUES('backend_pool', ?)", JSONValue.object(pool.json).text)
            try transaction.audit(.backend, by: requester, data: ["set": .array(backends.map { .string($0.address) })])
        }
    }

    /// What holds for all backends.
    public func backendPool() throws(FarmError) -> BackendPool {
        let object = try read { database throws(FarmError) in
            try database.first("SELECT value FROM meta WHERE name = 'backend_pool'") { $0.object(0) }
        }
        return (object ?? nil).map { BackendPool($0) } ?? BackendPool()
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

    /// What became of a request to remove a backend.
    public enum BackendRemoval: Sendable, Equatable {
        /// It is gone.
        case removed
        /// There is none with this address.
        case unknown
        /// It is the only one, and stays.
        case last
    }

    /// Removes a backend, durably, unless it is the only one. What runs on it goes on.
    /// - Parameter requester: Who asked.
    public func removeBackend(_ address: String, by requester: Requester) throws(FarmError) -> BackendRemoval {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            let count = try transaction.database.first("SELECT count(*) FROM backends") { $0.integer(0) } ?? 0
            guard count != 1 else { return .last }
            let removed = try transaction.database.run("DELETE FROM backends WHERE address = ?", address)
            guard removed == 1 else { return .unknown }
            try transaction.audit(.backend, by: requester, data: ["removed": .string(address)])
            return .removed
        }
    }
}
