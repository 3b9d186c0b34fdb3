import FarmModel
import HostSystem
import Synchronization

/// What those who watch want of the events that are made on the fly: nobody makes what nobody wants.
final class LiveInterests: Sendable {
    private struct State {
        var filters: [Int: EventFilter] = [:]
        var next = 0
        /// The types that somebody wants.
        var wanted: Set<String> = []
        /// Since when, without a break, somebody wants what logs tell; in milliseconds since 1970.
        var logsWantedSince: Int64?

        mutating func noteWanted(_ types: Set<String>) {
            wanted = types
            let wantsLogs = wanted.contains(LiveType.logLine) || wanted.contains(LiveType.progress)
            logsWantedSince = wantsLogs ? logsWantedSince ?? Clock.wallMilliseconds : nil
        }
    }

    private let state = Mutex(State())

    /// - Returns: What to give back in the end.
    func add(_ filter: EventFilter) -> Int {
        state.withLock { state in
            state.next += 1
            state.filters[state.next] = filter
            state.noteWanted(state.wanted.union(LiveType.all.filter { filter.wants(type: $0) }))
            return state.next
        }
    }

    func remove(_ ticket: Int) {
        state.withLock { state in
            state.filters[ticket] = nil
            state.noteWanted(Set(LiveType.all.filter { type in state.filters.values.contains { $0.wants(type: type) } }))
        }
    }

    /// Whether anybody wants events of a type.
    func want(_ type: String) -> Bool { state.withLock { $0.wanted.contains(type) } }

    /// Since when somebody wants what logs tell, in milliseconds since 1970; nil if nobody does.
    var logsWantedSince: Int64? { state.withLock(\.logsWantedSince) }

    /// The builds of which log lines are wanted; nil for all.
    var buildsOfLines: Set<BuildID>? {
        state.withLock { state in
            var builds: Set<BuildID> = []
            for filter in state.filters.values where filter.wantsLogs {
                if filter.builds.isEmpty { return nil }
                builds.formUnion(filter.builds)
            }
            return builds
        }
    }
}
