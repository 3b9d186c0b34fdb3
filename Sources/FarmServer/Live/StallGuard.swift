import HostSystem
import NIOCore
import Synchronization

/// Closes connections that have taken nothing of what is sent to them for too long: a client that does not read would hold its answer for ever.
final class StallGuard: Sendable {
    private struct Stream {
        var channel: any Channel
        /// When the write that has not ended began.
        var writingSince: Int64
    }

    private let streams = Mutex<[ObjectIdentifier: Stream]>([:])
    private static let limitMilliseconds: Int64 = 30_000

    private func begin(_ channel: any Channel) {
        streams.withLock { $0[ObjectIdentifier(channel)] = Stream(channel: channel, writingSince: Clock.boottimeMilliseconds) }
    }

    private func end(_ channel: any Channel) { streams.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) } }

    /// Watches one write to a connection, until its event loop has taken what is written.
    ///
    /// A writer learns only from the event loop that its connection takes no more. As long as that is held up, by other connections or by a
    /// busy machine, it would take piece after piece of the largest content into memory.
    func guarding(_ channel: any Channel, _ write: () async throws -> Void) async throws {
        begin(channel)
        defer { end(channel) }
        try await write()
        try await channel.eventLoop.submit {}.get()
    }

    /// Closes what has stalled.
    func check(_ now: Int64) {
        let stalled = streams.withLock { streams in
            streams.values.filter { now - $0.writingSince > Self.limitMilliseconds }.map(\.channel)
        }
        for channel in stalled { channel.close(promise: nil) }
    }
}
