public import FarmModel
public import FarmStore

/// A farm that takes submissions.
public protocol SubmissionDesk: Farm {
    /// Checks what need not be asked: whether secrets would get there unseen.
    /// - Throws: `usage`.
    func checkWay(of options: SubmitOptions) throws(FarmError)

    /// Stores the jobs as one build, durably. Everything is checked, and local sources are in the farm, before anything is written.
    func submit(_ jobs: [JobSpec], _ options: SubmitOptions) throws(FarmError) -> Store.SubmitOutcome
}

extension Store: SubmissionDesk {
    /// Nothing leaves this machine.
    public func checkWay(of options: SubmitOptions) {}

    /// Stores the jobs as one build, durably.
    public func submit(_ jobs: [JobSpec], _ options: SubmitOptions) throws(FarmError) -> SubmitOutcome {
        try Submitter(store: self).submit(jobs, options)
    }
}
