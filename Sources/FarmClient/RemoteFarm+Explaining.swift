internal import FarmAPI
public import FarmModel
public import FarmStore

/// Each asks the question of its name.
extension RemoteFarm {
    public func why(_ id: JobID) throws(FarmError) -> WaitExplanation { try ask(FarmQueries.whyJob, id) }

    public func why(_ build: BuildID) throws(FarmError) -> [WaitGroup] { try ask(FarmQueries.whyBuild, build) }

    public func waits(of jobs: [JobID]) throws(FarmError) -> [JobID: WaitReason] {
        if jobs.isEmpty { return [:] }
        return Dictionary(try ask(FarmQueries.waits, jobs).map { ($0.job, $0.reason) }) { first, _ in first }
    }

    public func explainInputs(of id: JobID) throws(FarmError) -> InputExplanation { try ask(FarmQueries.inputs, id) }
}
