public import FarmStore
public import HostSystem

/// Looks at the store at once and then after each change, until there is an answer or a reason to stop.
public final class StoreWatch {
    /// How a watch ended.
    public enum End<Answer> {
        /// The look had an answer.
        case answer(Answer)
        /// Somebody wants this tool to end.
        case signal(Signal)
        /// The time is over.
        case timeOut
        /// Nobody reads standard output any more.
        case readerGone
    }

    private let signals: SignalDescriptor
    private let before: SignalSet
    private let bell: any ChangeWatch
    private let output: Descriptor?
    private let longestWait: Int64

    /// Starts to watch; changes from here on are seen.
    /// - Parameters:
    ///   - output: A pipe whose reader may go away; nil if that does not matter.
    ///   - every: The longest time between two looks, in milliseconds.
    public init(_ store: any Farm, output: Descriptor? = nil, everyMilliseconds every: Int64 = 1000) throws(SystemError) {
        let set = SignalSet(.interrupt, .terminate, .hangUp, .windowChange)
        before = SignalMask.block(set)
        signals = try SignalDescriptor(set)
        bell = store.watchChanges()
        self.output = output
        longestWait = every
    }

    deinit { SignalMask.restore(before) }

    /// Looks until there is an answer. A change of the terminal's size is a reason to look, too.
    /// - Parameter deadline: In `Clock.boottimeMilliseconds`; nil for none.
    public func run<Answer>(until deadline: Int64? = nil, look: () throws -> Answer?) throws -> End<Answer> {
        while true {
            bell.drain()
            do { if let answer = try look() { return .answer(answer) } } catch {
                // A look that asks a server is given up when a signal comes.
                if let signal = try endingSignal() { return .signal(signal) }
                throw error
            }
            if let signal = try endingSignal() { return .signal(signal) }
            if let deadline, Clock.boottimeMilliseconds >= deadline { return .timeOut }
            if try !wait(until: deadline) { return .readerGone }
        }
    }

    private func endingSignal() throws(SystemError) -> Signal? {
        while let signal = try signals.next() { if signal != .windowChange { return signal } }
        return nil
    }

    /// - Returns: False if the reader of the output is gone.
    private func wait(until deadline: Int64?) throws(SystemError) -> Bool {
        var interests = [Poller.Interest(signals.descriptor, .readable)]
        if let output { interests.append(Poller.Interest(output, [])) }
        if let descriptor = bell.descriptor { interests.append(Poller.Interest(descriptor, .readable)) }
        var patience = bell.descriptor == nil ? min(longestWait, DoorbellWatch.pollMilliseconds) : longestWait
        if let deadline { patience = min(patience, max(0, deadline - Clock.boottimeMilliseconds)) }
        let events = try Poller.wait(interests, timeoutMilliseconds: patience)
        return output == nil || events[1] == nil
    }
}
