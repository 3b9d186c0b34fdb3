/// A choice of builds and jobs.
public struct Selection: Sendable, Equatable {
    /// All jobs of these builds.
    public var builds: Set<BuildID>
    /// These jobs alone; what they need is chosen by whoever makes the selection.
    public var jobs: Set<JobID>

    /// Creates a choice.
    public init(builds: Set<BuildID> = [], jobs: Set<JobID> = []) {
        self.builds = builds
        self.jobs = jobs
    }

    /// True if nothing is chosen.
    public var isEmpty: Bool { builds.isEmpty && jobs.isEmpty }

    /// True if a job is chosen, by itself or with its build.
    public func contains(_ job: JobID, of build: BuildID) -> Bool { builds.contains(build) || jobs.contains(job) }
}
