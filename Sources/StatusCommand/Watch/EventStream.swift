internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// Events as NDJSON, as they happen.
struct EventStream {
    let store: any Farm
    let scope: WatchScope
    let context: ToolContext

    private static let pageSize = 500
    /// A claim does not ring the doorbell, as runners would wake each other for nothing.
    private static let interval: Int64 = 50

    /// Prints events until everything looked at has ended, or the reader is gone.
    /// - Parameters:
    ///   - cursor: Where to go on; nil prints the present state first. So does a cursor that is not known any more, after an event `reset`.
    ///   - state: Prints the present state.
    func run(from cursor: EventCursor?, state: () throws -> ExitStatus) throws -> ExitStatus {
        let watch = try StoreWatch(store, output: context.output.descriptor, everyMilliseconds: Self.interval)
        var place = try cursor ?? begin(state)
        let end = try watch.run { () throws -> Bool? in
            // Asked before the events are read: what happened before the end is among them.
            let isOver = try scope.isOver(store)
            try printNew(&place, state)
            try context.output.flush()
            return isOver ? true : nil
        }
        if case .signal(let signal) = end { throw EndedBySignal(number: signal.number) }
        return .success
    }

    private func begin(_ state: () throws -> ExitStatus) throws -> EventCursor {
        // The state may be newer than the cursor: then some events tell what it showed already, and none is missing.
        let place = try store.newestEvent()
        _ = try state()
        return place
    }

    private func printNew(_ place: inout EventCursor, _ state: () throws -> ExitStatus) throws {
        while true {
            guard let events = try store.events(after: place, atMost: Self.pageSize) else {
                place = try store.newestEvent()
                try write(EventRecord(cursor: place, event: EventRecord.reset, timeMilliseconds: Clock.wallMilliseconds))
                _ = try state()
                continue
            }
            for event in events where scope.includes(event) { try write(event) }
            guard let last = events.last else { return }
            place = last.cursor
            if events.count < Self.pageSize { return }
        }
    }

    private func write(_ event: EventRecord) throws {
        var writer = JSONWriter()
        writer.write(event.json)
        writer.endRecord()
        try context.output.write(writer.bytes)
    }
}
