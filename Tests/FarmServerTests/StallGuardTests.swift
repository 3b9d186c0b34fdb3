import Dispatch
import HostSystem
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import FarmServer

@Suite struct StallGuardTests {
    private final class Writes: Sendable {
        let begun = Atomic(0)
        let ended = Atomic(0)

        var counts: [Int] { [begun.load(ordering: .sequentiallyConsistent), ended.load(ordering: .sequentiallyConsistent)] }
    }

    private let channel = NIOAsyncTestingChannel()
    private let stalls = StallGuard()

    /// Holds the event loop up until the semaphore is signalled.
    private func hold() -> DispatchSemaphore {
        let release = DispatchSemaphore(value: 0)
        channel.testingEventLoop.execute { release.wait() }
        return release
    }

    private func writing(_ pieces: Int, _ writes: Writes) -> Task<Void, any Error> {
        Task {
            for _ in 0..<pieces {
                try await stalls.guarding(channel) { writes.begun.add(1, ordering: .sequentiallyConsistent) }
                writes.ended.add(1, ordering: .sequentiallyConsistent)
            }
        }
    }

    @Test("A write lasts until the event loop has taken it: one that is held up does not fill the memory")
    func untilTaken() async throws {
        let release = hold()
        let writes = Writes()
        let writing = writing(3, writes)
        while writes.counts[0] == 0 { await Task.yield() }
        // Time enough for further pieces, were nothing waited for.
        try await Task.sleep(for: .milliseconds(50))
        #expect(writes.counts == [1, 0])
        release.signal()
        try await writing.value
        #expect(writes.counts == [3, 3])
    }

    @Test("A connection that takes nothing for half a minute is closed, no other")
    func stalled() async throws {
        let other = NIOAsyncTestingChannel()
        for channel in [channel, other] { try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)) }
        try await stalls.guarding(other) {}
        // Between the write and the look at it any time may pass on a busy machine.
        let before = Clock.boottimeMilliseconds
        let release = hold()
        let writes = Writes()
        let writing = writing(1, writes)
        while writes.counts[0] == 0 { await Task.yield() }
        stalls.check(before + 30_000)
        release.signal()
        try await writing.value
        await channel.testingEventLoop.run()
        #expect(channel.isActive)

        let releaseAgain = hold()
        let again = self.writing(1, writes)
        while writes.counts[0] == 1 { await Task.yield() }
        stalls.check(Clock.boottimeMilliseconds + 30_001)
        releaseAgain.signal()
        try? await again.value
        await channel.testingEventLoop.run()
        #expect(!channel.isActive)
        #expect(other.isActive)
        _ = try await other.finish()
    }
}
