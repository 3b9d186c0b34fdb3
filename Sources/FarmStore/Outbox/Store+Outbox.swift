public import FarmModel

extension Store {
    /// Sets who is told of what ends in all builds, durably. From then on whoever ends something, in any process, writes a message.
    public func setWebhooks(_ webhooks: [Webhook]) throws(FarmError) {
        guard try self.webhooks() != webhooks else { return }
        try write(.durable, rings: false) { transaction throws(FarmError) in
            let database = transaction.database
            try database.run("DELETE FROM meta WHERE name = 'webhooks'")
            guard !webhooks.isEmpty else { return }
            try database.run("INSERT INTO meta(name, value) VALUES('webhooks', ?)", WebhookList.text(webhooks))
        }
    }

    /// Who is told of what ends in all builds.
    public func webhooks() throws(FarmError) -> [Webhook] {
        try read { database throws(FarmError) in try WebhookList.ofAll(database) }
    }

    /// The messages that are to be delivered now, those that are due longest first, at most `limit`.
    ///
    /// For a while nobody else gets them: tell by ``delivered(_:)`` or ``failedDelivery(_:_:jitter:)`` within that time what became of each.
    /// After that time a message is due again, so one whose sender died is not lost, but may come twice.
    public func dueMessages(_ limit: Int, leaseMilliseconds: Int64 = 120_000) throws(FarmError) -> [OutboxMessage] {
        guard let next = try nextDelivery(), next <= clock().wallMilliseconds else { return [] }
        return try write(.lazy, rings: false) { transaction throws(FarmError) in
            let now = transaction.now.wallMilliseconds
            let messages = try transaction.database.all(
                "SELECT \(OutboxMessage.columns) FROM outbox WHERE due_ms <= ? ORDER BY due_ms, id LIMIT ?", now, limit
            ) { OutboxMessage($0) }
            for message in messages {
                try transaction.database.run("UPDATE outbox SET due_ms = ? WHERE id = ?", now + leaseMilliseconds, message.id)
            }
            return messages
        }
    }

    /// When the next message is due, in milliseconds since 1970; nil if there is none.
    public func nextDelivery() throws(FarmError) -> Int64? {
        try read { database throws(FarmError) in
            try database.first("SELECT min(due_ms) FROM outbox WHERE due_ms IS NOT NULL") { $0.integerIfAny(0) } ?? nil
        }
    }

    /// Removes a message that was delivered.
    public func delivered(_ message: Int64) throws(FarmError) {
        try write(.lazy, rings: false) { transaction throws(FarmError) in
            _ = try transaction.database.run("DELETE FROM outbox WHERE id = ?", message)
        }
    }

    /// Notes that a message could not be delivered.
    /// - Parameters:
    ///   - why: One line, shown to administrators.
    ///   - jitter: A random number from 0 to 1.
    /// - Returns: when it is tried again, in milliseconds since 1970; nil if it is given up, or gone.
    public func failedDelivery(_ message: Int64, _ why: String, jitter: Double = .random(in: 0...1)) throws(FarmError) -> Int64? {
        try write(.lazy, rings: false) { transaction throws(FarmError) in
            let (database, now) = (transaction.database, transaction.now.wallMilliseconds)
            let found = try database.first("SELECT attempts, created_ms FROM outbox WHERE id = ? AND due_ms IS NOT NULL", message) {
                (attempts: Int($0.integer(0)) + 1, created: $0.integer(1))
            }
            guard let found else { return nil }
            let next = WebhookSchedule.nextAttempt(after: found.attempts, created: found.created, now: now, jitter: jitter)
            try database.run(
                "UPDATE outbox SET attempts = ?, message = ?, due_ms = ?, given_up_ms = ? WHERE id = ?", found.attempts, why, next,
                next == nil ? now : nil, message)
            return next
        }
    }

    /// The messages that were given up, the newest first. They are kept for 30 days.
    public func abandonedMessages(_ limit: Int) throws(FarmError) -> [OutboxMessage] {
        try read { database throws(FarmError) in
            try database.all(
                "SELECT \(OutboxMessage.columns) FROM outbox WHERE given_up_ms IS NOT NULL ORDER BY given_up_ms DESC, id DESC LIMIT ?",
                limit
            ) { OutboxMessage($0) }
        }
    }

    /// How many messages wait, and how many were given up.
    public func outboxCounts() throws(FarmError) -> (waiting: Int, abandoned: Int) {
        let counts = try read { database throws(FarmError) in
            try ["due_ms", "given_up_ms"].map { column throws(FarmError) in
                Int(try database.first("SELECT count(*) FROM outbox WHERE \(column) IS NOT NULL") { $0.integer(0) } ?? 0)
            }
        }
        return (counts[0], counts[1])
    }
}
