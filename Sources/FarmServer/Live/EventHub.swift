import FarmModel
import FarmStore
import HostSystem
import Synchronization

/// One reader of the farm's events for all who watch: it wakes them, and they take what is new at their own pace.
final class EventHub: Sendable {
    private struct State {
        var ring = EventRing(capacity: 8_192)
        var cursor: EventCursor
        var waiters: [Int: CheckedContinuation<Bool, Never>] = [:]
        var nextWaiter = 0
        var subscribers = 0
        var isStopped = false
        var lastTick = Clock.boottimeMilliseconds
    }

    let store: Store
    /// Those who watch and whose connection takes nothing any more.
    let stalls = StallGuard()
    private let state: Mutex<State>
    private let observe: @Sendable ([LiveEvent]) -> Void
    /// Wakes the reader when somebody begins to watch.
    private let bell: EventDescriptor?

    /// A claim does not ring the doorbell, as runners would wake each other for nothing.
    private static let intervalMilliseconds: Int64 = 50
    private static let idleMilliseconds: Int64 = 1_000
    private static let tickMilliseconds: Int64 = 15_000
    private static let pageSize = 1_000

    /// Starts to read from now on, on a thread of its own.
    /// - Parameter observe: Told of all stored events, in their order.
    init(_ store: Store, observe: @escaping @Sendable ([LiveEvent]) -> Void = { _ in }) throws(FarmError) {
        self.store = store
        self.observe = observe
        state = Mutex(State(cursor: try store.newestEvent()))
        bell = try? EventDescriptor()
        let watch = DoorbellWatch(store.directory)
        try FarmError.wrap { () throws(SystemError) in try Threads.start { [weak self] in Self.feed(watch) { self } } }
    }

    /// Those who wait return at once, and every later wait too.
    func stop() {
        let waiting = state.withLock { state in
            state.isStopped = true
            defer { state.waiters = [:] }
            return state.waiters.values.map { $0 }
        }
        for waiter in waiting { waiter.resume(returning: false) }
    }

    var isStopped: Bool { state.withLock(\.isStopped) }

    /// Somebody who watches: the newest stored event, and the number of what comes after it.
    func join() -> (cursor: EventCursor, next: Int) {
        defer { try? bell?.raise() }
        return state.withLock { state in
            state.subscribers += 1
            return (state.cursor, state.ring.next)
        }
    }

    func leave() { state.withLock { $0.subscribers -= 1 } }

    /// How many watch.
    var subscribers: Int { state.withLock(\.subscribers) }

    func slice(from number: Int, atMost limit: Int) -> EventRing.Slice { state.withLock { $0.ring.slice(from: number, atMost: limit) } }

    /// Returns when there is something from a number on, at the next tick (so that a sign of life can be sent), or at the server's end.
    /// - Returns: true at a tick.
    func wait(from number: Int) async -> Bool {
        let ticket = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    if state.isStopped || state.ring.next > number || Task.isCancelled { return true }
                    state.waiters[ticket] = continuation
                    return false
                }
                if isDue { continuation.resume(returning: false) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume(returning: false)
        }
    }

    /// Puts events on their way to all who watch.
    func publish(_ events: [LiveEvent]) {
        guard !events.isEmpty else { return }
        let waiting = state.withLock { state in
            state.ring.append(events)
            defer { state.waiters.removeAll(keepingCapacity: true) }
            return state.waiters.values.map { $0 }
        }
        for waiter in waiting { waiter.resume(returning: false) }
    }

    /// - Parameter hub: Gone when the server is.
    private static func feed(_ watch: DoorbellWatch, _ hub: () -> EventHub?) {
        while let hub = hub(), !hub.isStopped {
            hub.waitForNews(watch)
            // An error of the moment, such as a full disk, must not end the stream: the next round sees what this one could not.
            try? hub.readNew()
            hub.tick()
        }
    }

    private func waitForNews(_ watch: DoorbellWatch) {
        let isWatched = subscribers > 0
        let interval = isWatched || watch.descriptor == nil ? Self.intervalMilliseconds : Self.idleMilliseconds
        let interests = [watch.descriptor, bell?.descriptor].compactMap(\.self).map { Poller.Interest($0, .readable) }
        _ = try? Poller.wait(interests, timeoutMilliseconds: interval)
        watch.drain()
        _ = try? bell?.lower()
    }

    private func tick() {
        let now = Clock.boottimeMilliseconds
        stalls.check(now)
        let waiting: [CheckedContinuation<Bool, Never>] = state.withLock { state in
            guard now - state.lastTick >= Self.tickMilliseconds else { return [] }
            state.lastTick = now
            defer { state.waiters.removeAll(keepingCapacity: true) }
            return state.waiters.values.map { $0 }
        }
        for waiter in waiting { waiter.resume(returning: true) }
    }

    private func readNew() throws(FarmError) {
        while true {
            let cursor = state.withLock(\.cursor)
            guard let records = try store.events(after: cursor, atMost: Self.pageSize) else {
                let newest = try store.newestEvent()
                state.withLock { $0.cursor = newest }
                publish([LiveEvent(record: .reset(at: newest), isStored: true)])
                return
            }
            guard let last = records.last else { return }
            let events = try LiveContext(store).complete(records)
            state.withLock { $0.cursor = last.cursor }
            observe(events)
            publish(events)
            if records.count < Self.pageSize { return }
        }
    }
}

extension EventRecord {
    /// Tells a reader that what happened before is not known any more.
    static func reset(at cursor: EventCursor) -> EventRecord {
        EventRecord(cursor: cursor, event: EventRecord.reset, timeMilliseconds: Clock.wallMilliseconds)
    }
}
