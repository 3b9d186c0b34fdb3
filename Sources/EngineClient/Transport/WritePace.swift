internal import NIOCore
internal import NIOPosix

/// Keeps who writes a lot to connections from running ahead of their event loops.
///
/// A writer learns only from its event loop that a connection takes no more. As long as that is held up, by other connections or by a busy
/// machine, it would take piece after piece of the largest content into memory.
public struct WritePace: Sendable {
    /// So many bytes at most are written that no event loop has taken.
    static let lead = 1 << 20

    private let group: any EventLoopGroup
    private var bytes = 0

    init(_ group: any EventLoopGroup) { self.group = group }

    /// Nothing is written yet; the event loops are those of this process.
    public init() { self.init(NIOSingletons.posixEventLoopGroup) }

    /// Notes that so many bytes were written, and waits for the event loops where they are too many.
    /// - Throws: if the event loops have ended.
    public mutating func note(_ count: Int) async throws {
        bytes += count
        guard bytes >= Self.lead else { return }
        bytes = 0
        let turns = group.makeIterator().map { $0.submit {} }
        for turn in turns { try await turn.get() }
    }
}
