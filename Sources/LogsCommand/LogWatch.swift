internal import FarmStore
internal import HostSystem

/// Waits for something new: in the state directory, in folders of logs, or the end of whoever reads.
final class LogWatch {
    private let bell: DoorbellWatch
    private let folders: Inotify?
    private let output: Descriptor
    private var watches: [String: Int32] = [:]
    private var isBlind: Bool

    /// The longest wait where everything is watched.
    private static let slowPollMilliseconds: Int64 = 1000

    init(_ directory: StateDirectory, output: Descriptor) {
        bell = DoorbellWatch(directory)
        folders = try? Inotify()
        isBlind = folders == nil || bell.descriptor == nil
        self.output = output
    }

    /// Watches a folder, if it is there: what is made in it, and the growth of its files.
    /// - Returns: Whether that is new, so that something may have happened before that wakes nobody.
    func watch(_ folder: String) -> Bool {
        guard let folders, watches[folder] == nil else { return false }
        do throws(SystemError) {
            watches[folder] = try folders.watch(folder, [.created, .modified])
            return true
        } catch {
            if !error.isMissing { isBlind = true }
            return false
        }
    }

    /// Leaves a folder alone.
    func forget(_ folder: String) {
        guard let watch = watches.removeValue(forKey: folder) else { return }
        try? folders?.remove(watch)
    }

    /// Waits until something has happened or the time is over.
    /// - Returns: Whether more may have changed than the size of logs.
    func wait(atMost milliseconds: Int64?) throws -> Bool {
        var patience = isBlind ? DoorbellWatch.pollMilliseconds : Self.slowPollMilliseconds
        if let milliseconds { patience = min(patience, milliseconds) }
        let descriptors = [folders?.descriptor, bell.descriptor].compactMap(\.self)
        let interests = [Poller.Interest(output, [])] + descriptors.map { Poller.Interest($0, .readable) }
        let events = try Poller.wait(interests, timeoutMilliseconds: patience)
        if events[0] != nil { throw ReaderGone() }
        let news = (try? folders?.drain()) ?? []
        let hasRung = zip(descriptors, 1...).contains { $0 === bell.descriptor && events[$1] != nil }
        bell.drain()
        return isBlind || hasRung || (events.isEmpty && milliseconds == nil) || news.contains { !$0.events.isSubset(of: .modified) }
    }

    /// Nobody reads standard output any more.
    struct ReaderGone: Error {}
}
