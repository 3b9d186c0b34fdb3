public import HostSystem

/// Notices when another process, or this one, has changed the state directory.
public final class DoorbellWatch: Sendable {
    private let watcher: Inotify?

    /// How often to look instead when the user has no inotify instance left.
    public static let pollMilliseconds: Int64 = 50

    /// Starts to watch; do it before the first read, so that nothing falls between.
    public init(_ directory: StateDirectory) {
        Doorbell.ensure(directory)
        let watcher = try? Inotify()
        let isWatching = (try? watcher?.watch(directory.doorbell, .modified)) ?? nil
        self.watcher = isWatching == nil ? nil : watcher
    }

    /// Readable when something has changed; nil if the caller has to poll by ``pollMilliseconds``.
    public var descriptor: Descriptor? { watcher?.descriptor }

    /// Forgets what has rung so far.
    /// - Returns: Whether it has rung.
    @discardableResult
    public func drain() -> Bool { (try? watcher?.drain())?.isEmpty == false }
}
