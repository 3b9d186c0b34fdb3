import Execution
import FarmModel
import FarmStore
import HostSystem
import Synchronization

/// Turns signals into the end of what runs at the moment: with the first one it gets grace, with the second one it is killed.
final class Interruption: Sendable {
    private struct State {
        var signal: Int32?
        var current: StopRequest?
        var process: StartedProcess?
    }

    private let state = Mutex(State())

    private static let signals = SignalSet(.terminate, .interrupt, .quit, .hangUp)

    /// Receives the signals from now on, in a thread of its own.
    init() throws(SystemError) {
        SignalMask.block(Self.signals)
        let received = try SignalDescriptor(Self.signals)
        try Threads.start { [weak self] in
            while true {
                _ = try? Poller.wait([.init(received.descriptor, .readable)], timeoutMilliseconds: nil)
                guard let signal = (try? received.next()) ?? nil else { continue }
                guard let self else { return }
                self.receive(signal)
            }
        }
    }

    /// The number of the first signal that came.
    var signal: Int32? { state.withLock { $0.signal } }

    /// What is to be stopped from now on.
    func begin() throws(FarmError) -> StopRequest {
        let stop = try FarmError.wrap { () throws(SystemError) in try StopRequest() }
        let isLate = state.withLock { state in
            state.current = stop
            return state.signal != nil
        }
        if isLate { try? stop.stop(.cancel) }
        return stop
    }

    /// Notes what is to be killed by a second signal.
    func note(_ process: StartedProcess) { state.withLock { $0.process = process } }

    /// Nothing runs any more.
    func finish() { state.withLock { ($0.current, $0.process) = (nil, nil) } }

    private func receive(_ signal: Signal) {
        let (isFirst, current, process) = state.withLock { state in
            defer { state.signal = state.signal ?? signal.number }
            return (state.signal == nil, state.current, state.process)
        }
        try? current?.stop(.cancel)
        guard !isFirst, let process else { return }
        ControlGroups.endAll(in: process.controlGroups)
        _ = try? process.identity.kill(.kill)
    }
}
