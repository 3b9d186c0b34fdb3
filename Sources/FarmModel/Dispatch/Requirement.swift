/// What a job asks of a runner; jobs that ask for the same share one row, so that a claim looks at a few requirements, not at all jobs.
public struct Requirement: Sendable, Hashable {
    /// The architecture it builds for.
    public var architecture: Architecture
    /// The labels it asks for, all of them.
    public var labels: [String]
    /// What its root file system is made from.
    public var environment: EnvironmentKind

    /// Creates a requirement.
    public init(architecture: Architecture, labels: [String], environment: EnvironmentKind = .host) {
        self.architecture = architecture
        self.labels = labels
        self.environment = environment
    }

    /// What a job asks for.
    public init(of spec: JobSpec) {
        let environment = spec.document["environment"]?.object
        let kind: EnvironmentKind =
            spec.document["dockerfile"] != nil
            ? .dockerfile
            : environment?["image"] != nil
                ? .image
                : environment?["packages"] != nil || environment?["root"]?.string.map { $0 != "host" } == true ? .root : .host
        self.init(architecture: spec.identity.architecture, labels: spec.labels, environment: kind)
    }
}

/// What a root file system is made from, as far as it decides who can run a job.
public enum EnvironmentKind: String, Sendable, CaseIterable {
    /// The programs of the machine itself.
    case host
    /// A folder or archive.
    case root
    /// An OCI image.
    case image
    /// Whatever a Dockerfile begins with.
    case dockerfile
}
