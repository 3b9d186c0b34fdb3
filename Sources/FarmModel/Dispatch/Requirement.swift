/// What a job asks of a runner; jobs that ask for the same share one row, so that a claim looks at a few requirements, not at all jobs.
public struct Requirement: Sendable, Hashable {
    /// The architecture it builds for.
    public var architecture: Architecture
    /// The labels it asks for, all of them.
    public var labels: [String]

    /// Creates a requirement.
    public init(architecture: Architecture, labels: [String]) {
        self.architecture = architecture
        self.labels = labels
    }
}
