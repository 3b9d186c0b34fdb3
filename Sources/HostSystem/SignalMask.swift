internal import CHostSystem
internal import Glibc

/// The signals that wait while they are blocked, thread by thread.
public enum SignalMask {
    /// Runs `body` with the signals of `set` blocked in this thread; those that came meanwhile take effect afterwards.
    public static func blocked<Result, Failure: Error>(
        _ set: SignalSet, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var before: UInt64 = 0
        _ = bf_signals_block(set.rawValue, &before)
        defer { _ = bf_signals_set_mask(before) }
        return try body()
    }

    /// Blocks the signals of `set` in this thread, and in those it starts from now on.
    /// - Returns: the mask from before.
    @discardableResult
    public static func block(_ set: SignalSet) -> SignalSet {
        var before: UInt64 = 0
        _ = bf_signals_block(set.rawValue, &before)
        return SignalSet(rawValue: before)
    }

    /// Sets this thread's mask, for instance to what `block` returned.
    public static func restore(_ mask: SignalSet) { _ = bf_signals_set_mask(mask.rawValue) }
}

/// What a signal does to this process.
public enum SignalDisposition {
    /// Ignores the signal; with `.brokenPipe`, writing to a closed pipe fails with `EPIPE` instead of ending the process.
    public static func ignore(_ signal: Signal) throws(SystemError) {
        try SystemCall.value("ignore \(signal)") { bf_signal_ignore(signal.number) }
    }

    /// Gives the signal its default effect back.
    public static func reset(_ signal: Signal) throws(SystemError) {
        try SystemCall.value("reset \(signal)") { bf_signal_default(signal.number) }
    }
}

/// Signals as something to read and to poll.
public final class SignalDescriptor: Sendable {
    /// Readable while a signal of the set is pending.
    public let descriptor: Descriptor

    /// Receives the signals of `set`. They must be blocked (`SignalMask.block`) in every thread, so before the first thread starts.
    public init(_ set: SignalSet) throws(SystemError) {
        descriptor = try SystemCall.descriptor("create a signal descriptor") { bf_signal_descriptor(set.rawValue) }
    }

    /// The next pending signal, nil if there is none.
    public func next() throws(SystemError) -> Signal? {
        do {
            return Signal(try SystemCall.value("read a signal") { bf_signal_read(descriptor.number) })
        } catch let error where error.code == EAGAIN {
            return nil
        }
    }
}
