public import FarmModel

extension Store {
    /// Keeps a build, or a tree or file of the store, from gc, durably. A pin of the same holder on the same thing is replaced.
    ///
    /// - Parameters:
    ///   - milliseconds: How long it holds; nil is for ever.
    /// - Throws: `noInput` if there is no such thing.
    public func pin(_ subject: PinRecord.Subject, by holder: String, reason: String?, for milliseconds: Int64?) throws(FarmError)
        -> PinRecord
    {
        try write(.durable, rings: false) { transaction throws(FarmError) in
            try transaction.requireExisting(subject)
            let now = transaction.now.wallMilliseconds
            let record = PinRecord(
                subject: subject, holder: holder, reason: reason, createdMilliseconds: now,
                expiresMilliseconds: milliseconds.map { now + $0 })
            let (database, value) = (transaction.database, PinTable.value(subject))
            try database.run("DELETE FROM pins WHERE \(PinTable.condition(subject)) AND holder = ?", value, holder)
            let column =
                switch subject {
                case .build: "build"
                case .digest: "digest"
                }
            try database.run(
                "INSERT INTO pins(\(column), holder, reason, created_ms, expires_ms) VALUES(?, ?, ?, ?, ?)", value, holder, reason, now,
                record.expiresMilliseconds)
            return record
        }
    }

    /// Removes all pins of a thing, durably; false if there was none.
    public func unpin(_ subject: PinRecord.Subject) throws(FarmError) -> Bool {
        try write(.durable, rings: false) { transaction throws(FarmError) in
            try transaction.database.run("DELETE FROM pins WHERE \(PinTable.condition(subject))", PinTable.value(subject)) > 0
        }
    }

    /// The pins that hold, the oldest first.
    public func pins() throws(FarmError) -> [PinRecord] {
        let now = clock().wallMilliseconds
        return try read { database throws(FarmError) in try PinTable(database, now: now).all() }
    }
}

extension Transaction {
    fileprivate func requireExisting(_ subject: PinRecord.Subject) throws(FarmError) {
        switch subject {
        case .build(let build): _ = try self.build(build)
        case .digest(let digest):
            let exists = try database.first("SELECT 1 FROM blobs WHERE digest = ?", digest) { _ in true } ?? false
            guard exists else { throw FarmError(.noInput, "\(digest) is not in the store; see bf-status --artifacts") }
        }
    }
}
