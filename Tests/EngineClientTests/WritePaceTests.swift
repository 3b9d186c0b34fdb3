import Dispatch
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import EngineClient

@Suite struct WritePaceTests {
    private final class Written: Sendable {
        let bytes = Atomic(0)
    }

    @Test("Whoever writes waits for event loops that are held up, and no more is written than they may lag behind")
    func waits() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let release = DispatchSemaphore(value: 0)
        group.next().execute { release.wait() }
        let written = Written()
        let writing = Task {
            var pace = WritePace(group)
            for _ in 0..<64 {
                written.bytes.add(WritePace.lead / 4, ordering: .sequentiallyConsistent)
                try await pace.note(WritePace.lead / 4)
            }
        }
        while written.bytes.load(ordering: .sequentiallyConsistent) < WritePace.lead { await Task.yield() }
        // Time enough for further pieces, were nothing waited for.
        try await Task.sleep(for: .milliseconds(50))
        #expect(written.bytes.load(ordering: .sequentiallyConsistent) == WritePace.lead)
        release.signal()
        try await writing.value
        #expect(written.bytes.load(ordering: .sequentiallyConsistent) == 16 * WritePace.lead)
        try await group.shutdownGracefully()
    }
}
