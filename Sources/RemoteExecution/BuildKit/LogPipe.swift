internal import Dispatch
internal import HostSystem
internal import Synchronization

/// The pipe that the log of a phase is read from. Its writes may wait for the reader, so they have a thread of their own; but never while
/// the reader itself waits for the end of the phase.
final class LogPipe: Sendable {
    /// What a pipe takes without waiting once poll(2) says that there is room (PIPE_BUF).
    private static let portion = 4_096
    private static let interval: Int64 = 100

    private let descriptor: Descriptor
    private let queue = DispatchQueue(label: "log")
    private let state = Mutex(State())

    private struct State {
        var isHolding = false
        /// What came while nobody read: little, as its source is at its end.
        var held: [UInt8] = []
    }

    /// A second end of the pipe.
    init(_ descriptor: Descriptor) throws(SystemError) { self.descriptor = try descriptor.duplicate() }

    /// Writes, and waits until it is written. Once the reader has gone it goes nowhere.
    func write(_ bytes: ArraySlice<UInt8>) async {
        guard !bytes.isEmpty else { return }
        await withCheckedContinuation { continuation in
            queue.async {
                self.put(bytes)
                continuation.resume()
            }
        }
    }

    /// Like ``write(_:)``, for a thread that may wait.
    func writeNow(_ bytes: ArraySlice<UInt8>) { queue.sync { put(bytes) } }

    /// From now on nobody reads; what is written is kept.
    func hold() { state.withLock { $0.isHolding = true } }

    /// There is a reader again. Returns at once.
    func release() {
        let held = state.withLock { state in
            defer { state = State() }
            return state.held
        }
        queue.async { self.put(held[...]) }
    }

    /// Ends the log, after what is being written; nobody waits for that.
    func close() { queue.async { self.descriptor.close() } }

    private func put(_ bytes: ArraySlice<UInt8>) {
        // For good: a signal that waits for its thread ends the process once it may.
        SignalMask.block(SignalSet(.brokenPipe))
        var rest = bytes
        while !rest.isEmpty, !isHeld(rest) {
            guard let events = try? Poller.wait([.init(descriptor, .writable)], timeoutMilliseconds: Self.interval) else { return }
            guard let event = events[0] else { continue }
            guard !event.contains(.failed), (try? descriptor.writeAll(rest.prefix(Self.portion))) != nil else { return }
            rest = rest.dropFirst(Self.portion)
        }
    }

    private func isHeld(_ bytes: ArraySlice<UInt8>) -> Bool {
        state.withLock { state in
            if state.isHolding { state.held += bytes }
            return state.isHolding
        }
    }
}
