public import FarmModel

/// Why things are as they are.
public protocol FarmExplaining: Sendable {
    /// Why a job does not run.
    func why(_ id: JobID) throws(FarmError) -> WaitExplanation

    /// Why the jobs of a build that do not run do not, by code; those nearest to a start first.
    func why(_ build: BuildID) throws(FarmError) -> [WaitGroup]

    /// The primary reason of each of some jobs that do not run.
    func waits(of jobs: [JobID]) throws(FarmError) -> [JobID: WaitReason]

    /// In which inputs a job differs from its last good build.
    func explainInputs(of id: JobID) throws(FarmError) -> InputExplanation
}
