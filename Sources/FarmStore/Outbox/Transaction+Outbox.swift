import FarmModel

/// A build or job that ended in a transaction.
struct EndedWork {
    var event: EventCursor
    var build: BuildID
    /// Nil for the build itself.
    var job: JobID?
    /// The jobs that were skipped because of it.
    var victims: [JobID] = []

    var type: Webhook.Event { job == nil ? .buildEnded : .jobEnded }
}

extension Transaction {
    /// Writes the messages to all who want to know of what ended: jobs before their builds. Called once, before the commit, so that there is a
    /// message if and only if there is an end.
    func writeMessages() throws(FarmError) {
        let ended = effects.ended
        guard !ended.isEmpty else { return }
        let ofAll = try WebhookList.ofAll(database)
        var listeners: [BuildID: [Webhook]] = [:]
        for work in ended.filter({ $0.job != nil }) + ended.filter({ $0.job == nil }) {
            if listeners[work.build] == nil { listeners[work.build] = try self.listeners(of: work.build, ofAll) }
            let interested = (listeners[work.build] ?? []).filter { $0.events.contains(work.type) }
            if !interested.isEmpty { try write(work, to: interested) }
        }
    }

    /// Those who want to know of anything in a build.
    private func listeners(of build: BuildID, _ ofAll: [Webhook]) throws(FarmError) -> [Webhook] {
        let found = try database.first("SELECT webhooks, owner, labels FROM builds WHERE id = ?", build) {
            (own: WebhookList.read($0.textIfAny(0)), owner: $0.textIfAny(1), labels: $0.textIfAny(2))
        }
        guard let found else { return [] }
        guard !ofAll.isEmpty else { return found.own }
        let labels = found.labels.flatMap { (try? JSONParser.parse($0))?.array?.compactMap(\.string) } ?? []
        return ofAll.filter { webhook in webhook.events.contains { webhook.wants($0, owner: found.owner, labels: labels) } } + found.own
    }

    private func write(_ work: EndedWork, to webhooks: [Webhook]) throws(FarmError) {
        let body = JSONValue.object(try message(of: work).json).text
        for webhook in webhooks {
            try database.run(
                """
                INSERT INTO outbox(event, type, build, job, url, secret, private, body, created_ms, due_ms)
                VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?9, ?9)
                """, work.event.description, work.type.rawValue, work.build, work.job, webhook.url, webhook.secret, webhook.allowsPrivate,
                body, now.wallMilliseconds)
        }
    }

    private func message(of work: EndedWork) throws(FarmError) -> WebhookMessage {
        let reader = RecordReader(database)
        var message = WebhookMessage(
            id: work.event, type: work.type, timeMilliseconds: now.wallMilliseconds, build: try build(work.build),
            job: try work.job.map { job throws(FarmError) in try reader.job(job) })
        message.victimCount = work.victims.count
        message.victims = try reader.jobs(Array(work.victims.sorted().prefix(WebhookMessage.victimLimit))).map {
            WebhookMessage.Victim(id: $0.id, name: $0.identity.description)
        }
        return message
    }
}
