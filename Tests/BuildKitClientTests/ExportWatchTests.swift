import Synchronization
import Testing

@testable import BuildKitClient

@Suite struct ExportWatchTests {
    private struct Failure: Error {}

    @Test func theEndOfAllCallsIsWaitedFor() async throws {
        let watch = ExportWatch()
        let (first, second) = (Gate(), Gate())
        let calls = [first, second].map { gate in Task { try await watch.during { await gate.passed() } } }
        await first.reached()
        await second.reached()
        let waiting = Task {
            let hasResult = try await watch.wait(patience: 60_000)
            return (hasResult, first.isOpen, second.isOpen)
        }
        first.open()
        try await calls[0].value
        second.open()
        let (hasResult, isFirstOver, isSecondOver) = try await waiting.value
        #expect(hasResult)
        #expect(isFirstOver && isSecondOver)
    }

    @Test func whatWentWrongAfterTheDaemonsEndIsTold() async {
        let watch = ExportWatch()
        await #expect(throws: Failure.self) { try await watch.during { throw Failure() } }
        await #expect(throws: Failure.self) { try await watch.wait(patience: 60_000) }
    }

    @Test func aResultThatNeverComesIsNotWaitedForForEver() async throws {
        #expect(try await !ExportWatch().wait(patience: 1))
    }

    @Test func aCallThatHasBegunHasItsTime() async throws {
        let watch = ExportWatch()
        let gate = Gate()
        let call = Task { try await watch.during { await gate.passed() } }
        await gate.reached()
        let waiting = Task { try await watch.wait(patience: 1) }
        try await Task.sleep(for: .milliseconds(20))
        gate.open()
        #expect(try await waiting.value)
        try await call.value
    }

    @Test func whoWaitsCanBeCancelled() async {
        let waiting = Task { try await ExportWatch().wait(patience: 60_000) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }
}

/// Holds one task up until it is opened.
private final class Gate: Sendable {
    private let arrivals = AsyncStream<Void>.makeStream()
    private let openings = AsyncStream<Void>.makeStream()
    private let state = Mutex(false)

    var isOpen: Bool { state.withLock { $0 } }

    func passed() async {
        arrivals.continuation.finish()
        for await _ in openings.stream {}
    }

    func reached() async { for await _ in arrivals.stream {} }

    func open() {
        state.withLock { $0 = true }
        openings.continuation.finish()
    }
}
