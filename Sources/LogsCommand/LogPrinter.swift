internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// Copies logs to standard output, a chunk at a time.
struct LogPrinter {
    let store: Store
    let context: ToolContext
    let passesEverything: Bool
    let hasHeaders: Bool

    private static let chunkBytes = 64 << 10
    private static let pollMilliseconds: Int64 = 50

    func print(_ log: ChosenLog, follow: Bool) throws {
        let path = store.directory.log(log.job.build, log.job.id, attempt: log.number)
        if hasHeaders {
            try context.output.write("==> \(VisibleText.of(log.job.identity.description)) (\(log.job.id), attempt \(log.number)) <==\n")
        }
        guard let file = try open(path, of: log, follow: follow) else { return }
        var filter = TerminalFilter(isOn: !passesEverything && Terminal.isTerminal(context.output.descriptor))
        var offset: Int64 = 0
        while true {
            // Asked before the read: what was printed before the end is in the file by then.
            let hasEnded = try !follow || self.hasEnded(log)
            try copy(from: file, &offset, &filter)
            try context.output.flush()
            if hasEnded { return }
            _ = try Poller.wait([], timeoutMilliseconds: Self.pollMilliseconds)
        }
    }

    private func hasEnded(_ log: ChosenLog) throws(FarmError) -> Bool {
        let job = try store.job(log.job.id)
        return job.state.isTerminal || job.attempts > log.number
    }

    private func copy(from file: Descriptor, _ offset: inout Int64, _ filter: inout TerminalFilter) throws {
        while true {
            let bytes = try file.read(atMost: Self.chunkBytes, at: offset)
            if bytes.isEmpty { return }
            offset += Int64(bytes.count)
            try context.output.write(filter.pass(bytes))
        }
    }

    /// The log's file; nil if the attempt ended without one.
    private func open(_ path: String, of log: ChosenLog, follow: Bool) throws -> Descriptor? {
        while true {
            let hasEnded = try !follow || self.hasEnded(log)
            if try Files.statusIfPresent(path) != nil { return try Files.open(path, .read) }
            if hasEnded {
                context.note("\(log.job.id), attempt \(log.number): no log; it was collected, or the attempt ended before it printed")
                return nil
            }
            _ = try Poller.wait([], timeoutMilliseconds: Self.pollMilliseconds)
        }
    }
}
