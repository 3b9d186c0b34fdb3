public import FarmModel

extension Store {
    /// The place after the newest event.
    public func newestEvent() throws(FarmError) -> EventCursor {
        let newest = try read { database throws(FarmError) in
            try database.first("SELECT epoch, seq FROM events ORDER BY seq DESC LIMIT 1") {
                EventCursor(epoch: $0.integer(0), sequence: $0.integer(1))
            }
        }
        return newest ?? EventCursor(epoch: epoch, sequence: 0)
    }

    /// The events after a place, oldest first; nil if what follows it is not known any more, or never was in this life of the farm.
    public func events(after cursor: EventCursor, atMost limit: Int) throws(FarmError) -> [EventRecord]? {
        try read { database throws(FarmError) in
            let events = EventReader(database: database)
            return try events.knows(cursor) ? try events.after(cursor, limit: limit) : nil
        }
    }
}

private struct EventReader {
    let database: Connection

    /// The event at the cursor must still be there and of the same boot; before the first event nothing may have been removed.
    func knows(_ cursor: EventCursor) throws(FarmError) -> Bool {
        guard cursor.sequence > 0 else {
            return try database.first("SELECT min(seq) FROM events") { $0.integerIfAny(0) ?? 1 } == 1
        }
        return try database.first("SELECT epoch FROM events WHERE seq = ?", cursor.sequence) { $0.integer(0) } == cursor.epoch
    }

    func after(_ cursor: EventCursor, limit: Int) throws(FarmError) -> [EventRecord] {
        let sql = "SELECT epoch, seq, kind, time_ms, build, job, attempt, data FROM events WHERE seq > ? ORDER BY seq LIMIT ?"
        return try database.all(sql, cursor.sequence, limit) { row in
            var event = EventRecord(
                cursor: EventCursor(epoch: row.integer(0), sequence: row.integer(1)), event: row.text(2), timeMilliseconds: row.integer(3))
            event.build = row.identifierIfAny(4)
            event.job = row.identifierIfAny(5)
            event.attempt = row.identifierIfAny(6)
            event.data = row.object(7)
            return event
        }
    }
}
