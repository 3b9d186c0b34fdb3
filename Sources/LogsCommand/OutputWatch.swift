internal import FarmStore
internal import HostSystem

/// Waits for something new in logs and in the farm, or the end of whoever reads.
final class OutputWatch {
    private let logs: any LogWatch
    private let output: Descriptor

    /// The longest wait where everything is watched.
    private static let slowPollMilliseconds: Int64 = 1000

    init(_ logs: any LogWatch, output: Descriptor) {
        self.logs = logs
        self.output = output
    }

    /// Watches a folder, if it is there.
    /// - Returns: Whether that is new, so that something may have happened before that wakes nobody.
    func watch(_ folder: LogFolder) -> Bool { logs.watch(folder) }

    /// Leaves a folder alone.
    func forget(_ folder: LogFolder) { logs.forget(folder) }

    /// Waits until something has happened or the time is over.
    /// - Returns: Whether more may have changed than the size of logs.
    func wait(atMost milliseconds: Int64?) throws -> Bool {
        var patience = logs.isBlind ? DoorbellWatch.pollMilliseconds : Self.slowPollMilliseconds
        if let milliseconds { patience = min(patience, milliseconds) }
        let interests = [Poller.Interest(output, [])] + logs.descriptors.map { Poller.Interest($0, .readable) }
        let events = try Poller.wait(interests, timeoutMilliseconds: patience)
        if events[0] != nil { throw ReaderGone() }
        let hasChanged = logs.drain()
        return logs.isBlind || hasChanged || (events.isEmpty && milliseconds == nil)
    }

    /// Nobody reads standard output any more.
    struct ReaderGone: Error {}
}
