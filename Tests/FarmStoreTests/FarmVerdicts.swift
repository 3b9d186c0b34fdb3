import FarmModel

/// The simplest model of a farm there is: what each job itself came to. All else follows from that, in the order of the jobs' numbers.
struct FarmVerdicts {
    /// How a job itself ended: `success`, `failed` or `cancelled`; nil while it has not.
    private(set) var verdicts: [JobState?] = []
    private var running: [Bool] = []

    /// Takes over what happened to a job itself; what it means for others is for ``states(_:)`` to find.
    mutating func note(_ job: Int, _ state: JobState) {
        while verdicts.count <= job {
            verdicts.append(nil)
            running.append(false)
        }
        running[job] = state == .running
        verdicts[job] = state.isTerminal && state != .skipped ? state : nil
    }

    /// A job that has a verdict is in that state; one that needs a job without success is skipped; any other waits or runs.
    func states(_ farm: FarmValue) -> [JobState] {
        var states: [JobState] = []
        for (number, job) in farm.jobs.enumerated() {
            let isLost = job.needs.contains { need in
                !need.isOptional && states[need.job].isTerminal && states[need.job] != .success
            }
            states.append(running[number] ? .running : verdicts[number] ?? (isLost ? .skipped : .pending))
        }
        return states
    }
}
