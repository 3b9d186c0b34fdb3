internal import FarmStore
internal import HostSystem

/// Waits for something new: in the state directory, in logs, or the end of whoever reads.
final class LogWatch {
    private let bell: DoorbellWatch
    private let logs: Inotify?
    private let output: Descriptor
    private var watches: [String: Int32] = [:]
    private var isBlind: Bool

    /// The longest wait where everything is watched.
    private static let slowPollMilliseconds: Int64 = 1000

    init(_ directory: StateDirectory, output: Descriptor) {
        bell = DoorbellWatch(directory)
        logs = try? Inotify()
        isBlind = logs == nil || bell.descriptor == nil
        self.output = output
    }

    /// Watches a log that is there; to be called before it is read.
    func watch(_ path: String) {
        guard let logs, watches[path] == nil else { return }
        do throws(SystemError) {
            watches[path] = try logs.watch(path, .modified)
        } catch {
            if !error.isMissing { isBlind = true }
        }
    }

    /// Leaves a log alone.
    func forget(_ path: String) {
        guard let watch = watches.removeValue(forKey: path) else { return }
        try? logs?.remove(watch)
    }

    /// Waits until something has happened or the time is over.
    /// - Returns: Whether the state directory may have changed, not only logs.
    func wait(atMost milliseconds: Int64?) throws -> Bool {
        var patience = isBlind ? DoorbellWatch.pollMilliseconds : Self.slowPollMilliseconds
        if let milliseconds { patience = min(patience, milliseconds) }
        let descriptors = [logs?.descriptor, bell.descriptor].compactMap(\.self)
        let interests = [Poller.Interest(output, [])] + descriptors.map { Poller.Interest($0, .readable) }
        let events = try Poller.wait(interests, timeoutMilliseconds: patience)
        if events[0] != nil { throw ReaderGone() }
        _ = try? logs?.drain()
        let hasRung = bell.descriptor.flatMap { bell in descriptors.firstIndex { $0 === bell } }.map { events[$0 + 1] != nil } ?? true
        bell.drain()
        return hasRung || (events.isEmpty && milliseconds == nil) || isBlind
    }

    /// Nobody reads standard output any more.
    struct ReaderGone: Error {}
}
