import FarmModel
import FarmStore
import HostSystem
import Synchronization

/// One reader of the farm's events for all who watch: it wakes them, and they take what is new at their own pace.
final class EventHub: Sendable {
    private struct Waiter {
        var continuation: CheckedContinuation<Bool, Never>
        /// Whether it waits for log lines too.
        var wantsLines: Bool
    }

    private struct State {
        var ring = EventRing(capacity: 8_192)
        /// Log lines have a ring of their own: they are many, and must not push out anything else.
        var lines = EventRing(capacity: 4_096)
        var cursor: EventCursor
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
        var subscribers = 0
        var isStopped = false
        var lastTick = Clock.boottimeMilliseconds
        var lastLoad: Int64 = 0
    }

    let store: Store
    /// Those who watch and whose connection takes nothing any more.
    let stalls = StallGuard()
    /// The numbers of go-dsynth's workers.
    let workers = WorkerNumbers()
    /// When the server started, by the boot clock.
    let startedMilliseconds = Clock.boottimeMilliseconds
    /// Wakes those who follow logs.
    let logs: LogAlarm
    /// What of the events that are made on the fly is wanted.
    let interests = LiveInterests()
    private let made: MadeEvents
    private let state: Mutex<State>
    private let observe: @Sendable ([LiveEvent]) -> Void
    /// Wakes the reader when somebody begins to watch.
    private let bell: EventDescriptor?

    /// A claim does not ring the doorbell, as runners would wake each other for nothing.
    private static let intervalMilliseconds: Int64 = 50
    private static let idleMilliseconds: Int64 = 1_000
    private static let tickMilliseconds: Int64 = 15_000
    private static let loadMilliseconds: Int64 = 5_000
    private static let pageSize = 1_000

    /// Starts to read from now on, on a thread of its own.
    /// - Parameter observe: Told of all stored events, in their order.
    init(_ store: Store, observe: @escaping @Sendable ([LiveEvent]) -> Void = { _ in }) throws(FarmError) {
        self.store = store
        self.observe = observe
        state = Mutex(State(cursor: try store.newestEvent()))
        bell = try? EventDescriptor()
        _ = try workers.workers(in: store)
        logs = try LogAlarm(store.directory)
        made = MadeEvents(store, interests)
        let watch = DoorbellWatch(store.directory)
        try FarmError.wrap { () throws(SystemError) in try Threads.start { [weak self] in Self.feed(watch) { self } } }
    }

    /// Those who wait return at once, and every later wait too.
    func stop() {
        logs.stop()
        let waiting = state.withLock { state in
            state.isStopped = true
            defer { state.waiters = [:] }
            return state.waiters.values.map(\.continuation)
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

    /// The newest stored event that was read.
    var cursor: EventCursor { state.withLock(\.cursor) }

    /// The number of the event that comes next.
    var nextNumber: Int { state.withLock(\.ring.next) }

    /// The number of the log line that comes next.
    var nextLine: Int { state.withLock(\.lines.next) }

    func leave() { state.withLock { $0.subscribers -= 1 } }

    /// How many watch.
    var subscribers: Int { state.withLock(\.subscribers) }

    func slice(from number: Int, atMost limit: Int) -> EventRing.Slice { state.withLock { $0.ring.slice(from: number, atMost: limit) } }

    /// Log lines from a number on; one that is too late for some goes on with the oldest there is, and is told how many it missed.
    func lines(from number: Int, atMost limit: Int) -> (events: ArraySlice<LiveEvent>, next: Int, missed: Int) {
        state.withLock { state in
            let start = max(number, state.lines.first)
            guard case .events(let events, let next) = state.lines.slice(from: start, atMost: limit) else { return ([], start, 0) }
            return (events, next, start - number)
        }
    }

    /// Returns when there is something from a number on, at the next tick (so that a sign of life can be sent), or at the server's end.
    /// - Parameter line: Likewise for log lines; nil if they are not wanted.
    /// - Returns: true at a tick.
    func wait(from number: Int, line: Int? = nil) async -> Bool {
        let ticket = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    let hasLines = line.map { state.lines.next > $0 } ?? false
                    if state.isStopped || state.ring.next > number || hasLines || Task.isCancelled { return true }
                    state.waiters[ticket] = Waiter(continuation: continuation, wantsLines: line != nil)
                    return false
                }
                if isDue { continuation.resume(returning: false) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: ticket) }?.continuation.resume(returning: false)
        }
    }

    /// Puts events on their way to all who watch.
    func publish(_ events: [LiveEvent]) {
        guard !events.isEmpty else { return }
        let waiting = state.withLock { state in
            state.ring.append(events)
            defer { state.waiters.removeAll(keepingCapacity: true) }
            return state.waiters.values.map(\.continuation)
        }
        for waiter in waiting { waiter.resume(returning: false) }
    }

    /// Puts log lines on their way to those who watch them.
    func publish(lines events: [LiveEvent]) {
        guard !events.isEmpty else { return }
        let waiting = state.withLock { state in
            state.lines.append(events)
            let woken = state.waiters.filter(\.value.wantsLines)
            for ticket in woken.keys { state.waiters[ticket] = nil }
            return woken.values.map(\.continuation)
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
        publishLoad(now)
        let waiting: [CheckedContinuation<Bool, Never>] = state.withLock { state in
            guard now - state.lastTick >= Self.tickMilliseconds else { return [] }
            state.lastTick = now
            defer { state.waiters.removeAll(keepingCapacity: true) }
            return state.waiters.values.map(\.continuation)
        }
        for waiter in waiting { waiter.resume(returning: true) }
    }

    private func publishLoad(_ now: Int64) {
        guard interests.want(LiveType.load) else { return }
        let isDue = state.withLock { state in
            guard now - state.lastLoad >= Self.loadMilliseconds else { return false }
            state.lastLoad = now
            return true
        }
        if isDue, let load = try? made.load(at: cursor) { publishMade([load]) }
    }

    private func publishMade(_ records: [EventRecord]) {
        guard !records.isEmpty, var events = try? LiveContext(store, workers: workers).complete(records) else { return }
        for index in events.indices { events[index].isStored = false }
        publish(events)
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
            let events = try LiveContext(store, workers: workers).complete(records)
            state.withLock { $0.cursor = last.cursor }
            observe(events)
            publish(events)
            // After they are there: who listens looks at them.
            logs.note(records)
            publishMade(try made.following(events, at: last.cursor))
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
