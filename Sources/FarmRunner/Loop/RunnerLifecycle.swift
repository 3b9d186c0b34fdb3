internal import HostSystem

/// When a runner stops, as a state machine: signals go in, actions come out.
struct RunnerLifecycle {
    /// What the runner is doing.
    enum State: Equatable {
        /// Takes jobs.
        case working
        /// Takes no more jobs and waits for those it has.
        case draining
        /// Has asked its jobs to end, or killed them.
        case stopping
    }

    /// What is to be done.
    enum Action: Equatable {
        /// Take no more jobs.
        case drain
        /// Ask the running jobs to end, with grace.
        case stopJobs
        /// Kill the running jobs now.
        case killJobs
        /// Print a line on what runs.
        case report
    }

    private(set) var state = State.working
    /// The signal that stopped the jobs.
    private(set) var stoppingSignal: Signal?

    /// Takes a signal. TERM drains, a second one stops the jobs; INT and QUIT stop them at once; a further one kills them.
    mutating func receive(_ signal: Signal) -> [Action] {
        switch (signal, state) {
        case (.user1, _): return [.report]
        case (.terminate, .working), (.hangUp, .working):
            state = .draining
            return [.drain]
        case (.hangUp, .draining): return []
        case (_, .working):
            stop(signal)
            return [.drain, .stopJobs]
        case (_, .draining):
            stop(signal)
            return [.stopJobs]
        case (_, .stopping): return [.killJobs]
        }
    }

    private mutating func stop(_ signal: Signal) {
        state = .stopping
        stoppingSignal = signal
    }

    /// One job was run and no more are wanted.
    mutating func finishOne() { if state == .working { state = .draining } }
}
