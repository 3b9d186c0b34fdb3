internal import NIOCore
internal import Synchronization

/// Carries a channel out of a closure that has no other way to return it.
final class ChannelBox: Sendable {
    private let value = Mutex<(any Channel)?>(nil)

    var channel: (any Channel)? { value.withLock { $0 } }

    func set(_ channel: any Channel) { value.withLock { $0 = channel } }
}
