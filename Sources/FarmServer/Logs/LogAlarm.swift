import FarmModel
import FarmStore
import HostSystem
import Synchronization

/// Wakes those who follow logs when something is written to them: one inotify instance and one thread for all.
final class LogAlarm: Sendable {
    /// Somebody who follows.
    private struct Listener {
        var folders: Set<LogFolder> = []
        var jobs: Set<JobID> = []
        var builds: Set<BuildID> = []
        var hearsAll = false
        /// What has happened and was not told yet.
        var news: LogNews = []
        var waiter: CheckedContinuation<LogNews, Never>?
    }

    private struct Watch {
        var number: Int32
        var listeners: Set<Int>
    }

    private struct State {
        var listeners: [Int: Listener] = [:]
        var next = 0
        var watches: [LogFolder: Watch] = [:]
        var folders: [Int32: LogFolder] = [:]
        var isBlind = false
        var isStopped = false
        var lastTick = Clock.boottimeMilliseconds
    }

    private let directory: StateDirectory
    private let inotify: Inotify?
    private let state: Mutex<State>

    private static let idleMilliseconds: Int64 = 1_000
    private static let tickMilliseconds: Int64 = 15_000

    /// Starts the thread.
    init(_ directory: StateDirectory) throws(FarmError) {
        self.directory = directory
        inotify = try? Inotify()
        state = Mutex(State(isBlind: inotify == nil))
        try FarmError.wrap { () throws(SystemError) in try Threads.start { [weak self] in Self.run { self } } }
    }

    /// Everybody is woken, and nobody waits any more.
    func stop() {
        tell { state in
            state.isStopped = true
            return state.listeners.keys.map { ($0, .stopped) }
        }
    }

    // MARK: For those who follow

    func join() -> Int {
        state.withLock { state in
            state.next += 1
            state.listeners[state.next] = Listener(news: state.isStopped ? .stopped : [])
            return state.next
        }
    }

    func leave(_ ticket: Int) {
        state.withLock { state in
            for folder in state.listeners.removeValue(forKey: ticket)?.folders ?? [] { forget(folder, ticket, &state) }
        }
    }

    /// Listens to the ends of jobs, and to no others any more.
    func listen(_ ticket: Int, to jobs: [JobRecord]) {
        state.withLock { state in
            state.listeners[ticket]?.jobs = Set(jobs.map(\.id))
            state.listeners[ticket]?.builds = Set(jobs.map(\.build))
        }
    }

    /// Listens to everything that happens in the farm.
    func listenToAll(_ ticket: Int) { state.withLock { $0.listeners[ticket]?.hearsAll = true } }

    /// Watches folders, those that are there, and no others any more.
    func watch(_ ticket: Int, _ folders: Set<LogFolder>) {
        state.withLock { state in
            let known = state.listeners[ticket]?.folders ?? []
            for folder in known.subtracting(folders) { forget(folder, ticket, &state) }
            for folder in folders.subtracting(known) { _ = watch(folder, ticket, &state) }
        }
    }

    /// Watches the first of some folders that is there, and no others any more.
    /// - Returns: Whether that is new, so that something may have happened before that wakes nobody.
    func watch(_ ticket: Int, firstOf folders: [LogFolder]) -> Bool {
        state.withLock { state in
            let known = state.listeners[ticket]?.folders ?? []
            guard let folder = folders.first(where: { known.contains($0) || watch($0, ticket, &state) }) else { return false }
            for other in known where other != folder { forget(other, ticket, &state) }
            return !known.contains(folder)
        }
    }

    /// Returns what has happened since the last time, or waits for it. One at a time for each ticket.
    func wait(_ ticket: Int) async -> LogNews {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let news: LogNews = state.withLock { state in
                    guard let news = state.listeners[ticket]?.news, !state.isStopped else { return .stopped }
                    if news.isEmpty { state.listeners[ticket]?.waiter = continuation } else { state.listeners[ticket]?.news = [] }
                    return news
                }
                if !news.isEmpty { continuation.resume(returning: news) }
            }
        } onCancel: {
            tell { _ in [(ticket, .stopped)] }
        }
    }

    private func watch(_ folder: LogFolder, _ ticket: Int, _ state: inout State) -> Bool {
        if state.watches[folder] == nil {
            do throws(SystemError) {
                guard let number = try inotify?.watch(directory.path(of: folder), [.created, .modified]) else { return false }
                state.watches[folder] = Watch(number: number, listeners: [])
                state.folders[number] = folder
            } catch {
                // The user has no watch left: from now on everybody looks now and then.
                if !error.isMissing { state.isBlind = true }
                return false
            }
        }
        state.watches[folder]?.listeners.insert(ticket)
        state.listeners[ticket]?.folders.insert(folder)
        return true
    }

    private func forget(_ folder: LogFolder, _ ticket: Int, _ state: inout State) {
        state.listeners[ticket]?.folders.remove(folder)
        state.watches[folder]?.listeners.remove(ticket)
        guard let watch = state.watches[folder], watch.listeners.isEmpty else { return }
        state.watches[folder] = nil
        state.folders[watch.number] = nil
        try? inotify?.remove(watch.number)
    }

    // MARK: What happens

    /// Takes in events of the farm: whoever listens to their jobs has to look.
    func note(_ events: [EventRecord]) {
        let jobs = Set(events.compactMap(\.job))
        let builds = Set(events.filter { $0.job == nil }.compactMap(\.build))
        tell { state in
            state.listeners.filter { _, listener in
                listener.hearsAll || !listener.jobs.isDisjoint(with: jobs) || !listener.builds.isDisjoint(with: builds)
            }
            .map { ($0.key, .changed) }
        }
    }

    /// What those want who watch has changed.
    func noteInterest() { tell { state in state.listeners.filter(\.value.hearsAll).map { ($0.key, .changed) } } }

    private func tell(_ choice: (inout State) -> [(Int, LogNews)]) {
        let woken = state.withLock { state in
            choice(&state).compactMap { ticket, news -> (CheckedContinuation<LogNews, Never>, LogNews)? in
                guard var listener = state.listeners[ticket] else { return nil }
                listener.news.formUnion(news)
                defer { state.listeners[ticket] = listener }
                guard let waiter = listener.waiter else { return nil }
                defer { (listener.waiter, listener.news) = (nil, []) }
                return (waiter, listener.news)
            }
        }
        for (waiter, news) in woken { waiter.resume(returning: news) }
    }

    /// - Parameter alarm: Gone when the server is.
    private static func run(_ alarm: () -> LogAlarm?) {
        while let alarm = alarm(), !alarm.state.withLock(\.isStopped) {
            alarm.waitForNews()
            alarm.tick()
        }
    }

    private func waitForNews() {
        let isBlind = state.withLock(\.isBlind)
        let interests = inotify.map { [Poller.Interest($0.descriptor, .readable)] } ?? []
        _ = try? Poller.wait(interests, timeoutMilliseconds: isBlind ? DoorbellWatch.pollMilliseconds : Self.idleMilliseconds)
        let events = (try? inotify?.drain()) ?? []
        if isBlind || events.contains(where: { $0.events.contains(.overflow) }) {
            tell { state in state.listeners.keys.map { ($0, [.grown, .changed]) } }
        } else if !events.isEmpty {
            tell { state in Self.listeners(of: events, &state) }
        }
    }

    private static func listeners(of events: [Inotify.Event], _ state: inout State) -> [(Int, LogNews)] {
        var result: [Int: LogNews] = [:]
        for event in events {
            guard let folder = state.folders[event.watch], let watch = state.watches[folder] else { continue }
            let news: LogNews = event.events.isSubset(of: .modified) ? .grown : .changed
            for ticket in watch.listeners { result[ticket, default: []].formUnion(news) }
            guard event.events.contains(.ended) else { continue }
            state.folders[event.watch] = nil
            state.watches[folder] = nil
            for ticket in watch.listeners { state.listeners[ticket]?.folders.remove(folder) }
        }
        return result.map { ($0.key, $0.value) }
    }

    private func tick() {
        let now = Clock.boottimeMilliseconds
        tell { state in
            guard now - state.lastTick >= Self.tickMilliseconds else { return [] }
            state.lastTick = now
            return state.listeners.keys.map { ($0, .nothing) }
        }
    }
}
