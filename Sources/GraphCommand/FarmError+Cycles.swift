import FarmModel

extension FarmError {
    /// This error, and below it the cycles among the jobs that could be read, so that all can be mended at once.
    func adding(cyclesOf jobs: [JobSpec]) -> FarmError {
        var known: Set<JobIdentity> = []
        let single = jobs.filter { known.insert($0.identity).inserted }
        do throws(FarmError) {
            try GraphView(JobNodes(single, missingNeeds: .ignore)).requireOrder()
            return self
        } catch {
            return FarmError(status, message + "\n" + error.message)
        }
    }
}
