public import FarmModel
public import FarmStore

/// A farm that takes submissions.
public protocol SubmissionDesk: Farm {
    /// Stores the jobs as one build, durably. Everything is checked, and local sources are in the farm, before anything is written.
    func submit(_ jobs: [JobSpec], _ options: SubmitOptions) throws(FarmError) -> Store.SubmitOutcome
}

extension Store: SubmissionDesk {
    /// Stores the jobs as one build, durably.
    public func submit(_ jobs: [JobSpec], _ options: SubmitOptions) throws(FarmError) -> SubmitOutcome {
        try Submitter(store: self).submit(jobs, options)
    }
}
