internal import FarmModel
internal import Glibc
public import HostSystem
internal import Synchronization

/// Writes results: in large pieces, or each record at once where somebody watches.
///
/// After the first failure every call throws the same error again. The owner calls ``finish()`` at the end, for only that tells whether
/// everything was written.
public final class StandardOutput: Sendable {
    /// Where the bytes go.
    public let descriptor: Descriptor

    private struct State {
        var pending: [UInt8] = []
        var failure: OutputError?
    }

    private let state = Mutex(State())
    private let isLive: Bool

    /// How many bytes are gathered before they are written.
    private static let capacity = 64 << 10

    /// - Parameter isLive: Whether to write at the end of each call instead of gathering; by default on a terminal.
    public init(_ descriptor: Descriptor, isLive: Bool? = nil) {
        self.descriptor = descriptor
        self.isLive = isLive ?? Terminal.isTerminal(descriptor)
    }

    /// Writes bytes.
    public func write(_ bytes: some Sequence<UInt8>) throws(OutputError) {
        try state.withLock { state throws(OutputError) in
            state.pending.append(contentsOf: bytes)
            if isLive || state.pending.count >= Self.capacity { try flush(&state) }
        }
    }

    /// Writes text.
    public func write(_ text: String) throws(OutputError) { try write(text.utf8) }

    /// Writes what is gathered; to be called after each record of a stream that others follow.
    public func flush() throws(OutputError) {
        try state.withLock { state throws(OutputError) in try flush(&state) }
    }

    /// Writes what is gathered and says whether everything has been written.
    public func finish() throws(OutputError) { try flush() }

    private func flush(_ state: inout State) throws(OutputError) {
        if let failure = state.failure { throw failure }
        defer { state.pending.removeAll(keepingCapacity: true) }
        do throws(SystemError) {
            try descriptor.writeAll(state.pending)
        } catch {
            let failure = Self.failure(error)
            state.failure = failure
            throw failure
        }
    }

    private static func failure(_ error: SystemError) -> OutputError {
        guard error.code != EPIPE else { return .closed }
        return .failed(FarmError(.inputOutput, "cannot write to standard output: \(error.reason)"))
    }
}
