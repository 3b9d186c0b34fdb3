/// Phases that try the packages of a plan, in a root file system in which they are installed. They run once the packages are made; if one
/// fails, so does the job.
public struct PackageTest: Sendable, Equatable {
    /// The package that is tried.
    public var name: String
    /// What is installed; the packages of the plan are found without a repository.
    public var environment: PackageEnvironment
    /// Variables set in every phase.
    public var variables: [String: String]
    /// What is laid out under `/build` before the first phase.
    public var sources: [Source] = []
    /// What runs, in order.
    public var phases: [Phase]
    /// The number of the user that the phases run as; 0 is root.
    public var user = Plan.usualUser

    /// Creates a test.
    public init(name: String, environment: PackageEnvironment, variables: [String: String] = [:], phases: [Phase]) {
        self.name = name
        self.environment = environment
        self.variables = variables
        self.phases = phases
    }
}
