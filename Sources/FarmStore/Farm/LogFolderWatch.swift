internal import HostSystem

/// Watches folders of logs and the state directory's doorbell.
final class LogFolderWatch: LogWatch {
    private let directory: StateDirectory
    private let bell: DoorbellWatch
    private let folders: Inotify?
    private var watches: [LogFolder: Int32] = [:]
    private(set) var isBlind: Bool

    init(_ directory: StateDirectory) {
        self.directory = directory
        bell = DoorbellWatch(directory)
        folders = try? Inotify()
        isBlind = folders == nil || bell.descriptor == nil
    }

    var descriptors: [Descriptor] { [folders?.descriptor, bell.descriptor].compactMap(\.self) }

    func watch(_ folder: LogFolder) -> Bool {
        guard let folders, watches[folder] == nil else { return false }
        do throws(SystemError) {
            watches[folder] = try folders.watch(directory.path(of: folder), [.created, .modified])
            return true
        } catch {
            if !error.isMissing { isBlind = true }
            return false
        }
    }

    func forget(_ folder: LogFolder) {
        guard let watch = watches.removeValue(forKey: folder) else { return }
        try? folders?.remove(watch)
    }

    func drain() -> Bool {
        let news = (try? folders?.drain()) ?? []
        let hasRung = bell.drain()
        return hasRung || news.contains { !$0.events.isSubset(of: .modified) }
    }
}
