internal import FarmAPI
public import FarmModel
public import FarmStore

/// Each asks the question of its name.
extension RemoteFarm {
    /// Why a job does not run.
    public func why(_ id: JobID) throws(FarmError) -> WaitExplanation { try ask(FarmQueries.whyJob, id) }

    /// Why the jobs of a build that do not run do not, by code; those nearest to a start first.
    public func why(_ build: BuildID) throws(FarmError) -> [WaitGroup] { try ask(FarmQueries.whyBuild, build) }

    /// The primary reason of each of some jobs that do not run.
    public func waits(of jobs: [JobID]) throws(FarmError) -> [JobID: WaitReason] {
        if jobs.isEmpty { return [:] }
        return Dictionary(try ask(FarmQueries.waits, jobs).map { ($0.job, $0.reason) }) { first, _ in first }
    }

    /// In which inputs a job differs from its last good build.
    public func explainInputs(of id: JobID) throws(FarmError) -> InputExplanation { try ask(FarmQueries.inputs, id) }
}
