import FarmModel
import FarmStore
import Hummingbird
import NIOPosix

/// Somebody who watches: first what was missed, from the store, then what happens, each at the reader's own pace. Nothing is kept for a
/// reader that does not come: one that falls too far behind is let go, and told from where to ask again.
struct LiveReader: ~Copyable {
    enum Batch: Sendable {
        case events([LiveEvent])
        /// Nothing has happened for a while.
        case nothing
        /// The reader is let go.
        case end(reason: String, cursor: EventCursor)
    }

    private let hub: EventHub
    private let filter: EventFilter
    /// Where what was missed ends.
    private let joint: EventCursor
    /// The number of the next live event.
    private var number: Int
    /// The number of the next log line; nil if none are wanted.
    private var line: Int?
    private let interest: Int
    /// The place in the store; nil once live.
    private var replay: EventCursor?
    private var last: EventCursor

    private static let pageSize = 500

    /// - Parameter cursor: The last event that was seen; nil for none but those to come.
    init(_ hub: EventHub, filter: EventFilter, after cursor: EventCursor?) {
        self.hub = hub
        self.filter = filter
        interest = hub.interests.add(filter)
        (joint, number) = hub.join()
        line = filter.wantsLogs ? hub.nextLine : nil
        replay = cursor
        last = cursor ?? joint
        hub.logs.noteInterest()
    }

    deinit {
        hub.interests.remove(interest)
        hub.leave()
    }

    /// The next events, waiting for them.
    mutating func next() async throws -> Batch {
        if let replay { return try await missed(after: replay) }
        if hub.isStopped { return .end(reason: "the server stops", cursor: last) }
        switch hub.slice(from: number, atMost: Self.pageSize) {
        case .lost: return .end(reason: "too slow: events were missed", cursor: last)
        case .events(let events, let next) where events.isEmpty:
            number = next
            let lines = newLines()
            if !lines.isEmpty { return .events(lines) }
            return await hub.wait(from: number, line: line) ? .nothing : .events([])
        case .events(let events, let next):
            number = next
            last = events.last?.record.cursor ?? last
            return .events(events.filter(filter.wants))
        }
    }

    private mutating func newLines() -> [LiveEvent] {
        guard let line else { return [] }
        let (events, next, missed) = hub.lines(from: line, atMost: Self.pageSize)
        self.line = next
        var wanted = events.filter(filter.wants)
        if missed > 0, !wanted.isEmpty { wanted[0].record.data?.add("dropped", Int64(missed)) }
        return wanted
    }

    private mutating func missed(after cursor: EventCursor) async throws -> Batch {
        guard cursor != joint else {
            replay = nil
            return .events([])
        }
        let store = hub.store
        let page: [LiveEvent]? = try await offloaded { () throws(FarmError) in
            guard let records = try store.events(after: cursor, atMost: Self.pageSize) else { return nil }
            return try LiveContext(store, workers: nil).complete(records)
        }
        guard let page, let end = page.last?.record.cursor else {
            replay = nil
            last = joint
            return .events(page == nil ? [LiveEvent(record: .reset(at: joint), isStored: true)] : [])
        }
        let known = page.filter { $0.record.cursor.sequence <= joint.sequence }
        replay = end.sequence < joint.sequence ? end : nil
        last = known.last?.record.cursor ?? last
        return .events(known.filter(filter.wants))
    }
}
