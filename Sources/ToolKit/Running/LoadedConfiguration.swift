internal import FarmConfiguration
internal import FarmModel
internal import Synchronization

/// The configuration of a tool once it has been read.
final class LoadedConfiguration: Sendable {
    private let stored = Mutex<Configuration?>(nil)

    /// The configuration, read by `read` the first time.
    func value(_ read: () throws(FarmError) -> Configuration) throws(FarmError) -> Configuration {
        if let known = stored.withLock({ $0 }) { return known }
        let configuration = try read()
        stored.withLock { $0 = configuration }
        return configuration
    }
}
