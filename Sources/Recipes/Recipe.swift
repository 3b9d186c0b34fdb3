public import Documents
public import FarmModel

/// Knows one kind of document and nothing of where plans run: documents to plans, outputs to artifacts. All its functions are pure.
public protocol Recipe: Sendable {
    /// The name under `recipe` in documents.
    static var name: String { get }
    /// Raised when plans of the same document change their meaning; part of each input digest.
    static var revision: Int { get }

    /// Reads a document into the jobs it stands for, one for each cell of its matrix; what is wrong is collected by `reader`.
    func jobs(in document: DocumentNode, _ reader: inout NodeReader) -> [JobSpec]

    /// The requests that a runner answers before the job's first phase, each once, in order.
    func prepare(_ spec: JobSpec) throws(FarmError) -> [PrepareRequest]

    /// What an executor runs. Without answers the plan is that of the submission, whose digest is the plan digest.
    func plan(_ spec: JobSpec, resolved: Resolution) throws(FarmError) -> Plan

    /// Turns the outputs of a successful job into named artifacts and facts.
    func conclude(_ spec: JobSpec, _ outcome: TreeOutcome) -> Conclusion

    /// The local sources of a job in the order of its document.
    func localSources(_ spec: JobSpec) throws(FarmError) -> [LocalSource]

    /// The job with its local sources bound to the trees they have in the store, in the order of ``localSources(_:)``.
    func binding(_ trees: [Digest], to spec: JobSpec) throws(FarmError) -> JobSpec
}

/// Something a recipe needs to know or have before its job can start.
public enum PrepareRequest: Sendable, Hashable {
    /// The commit that a source means, fetched into the runner's cache.
    case gitCommit(GitSource)
    /// The bytes of a URL, checked against its checksum, or looked at where it has none, and kept in the runner's cache.
    case url(URLSource)
}

/// The answers to prepare requests.
public struct Resolution: Sendable, Equatable {
    /// The full commit of each Git source.
    public var commits: [GitSource: String]

    /// What the files are of which nothing was known.
    public var checksums: [URLSource: URLSource.Checksum]

    /// Wraps answers; empty at submission.
    public init(commits: [GitSource: String] = [:], checksums: [URLSource: URLSource.Checksum] = [:]) {
        self.commits = commits
        self.checksums = checksums
    }
}

/// The tree a job left behind.
public struct TreeOutcome: Sendable, Equatable {
    /// The tree's digest.
    public var tree: Digest
    /// The paths of its files, sorted bytewise.
    public var paths: [String]

    /// Creates an outcome.
    public init(tree: Digest, paths: [String] = []) {
        self.tree = tree
        self.paths = paths
    }
}

/// What a job's outputs are.
public struct Conclusion: Sendable, Equatable {
    /// The named artifacts.
    public var artifacts: [NamedArtifact]
    /// What else the recipe found out, for instance an image digest.
    public var facts: JSONObject

    /// Creates a conclusion.
    public init(artifacts: [NamedArtifact], facts: JSONObject = [:]) {
        self.artifacts = artifacts
        self.facts = facts
    }
}

/// A tree, or one file of it, under the name people know it by.
public struct NamedArtifact: Sendable, Hashable {
    /// What it is, for instance `tree`.
    public var kind: String
    /// Its name.
    public var name: String
    /// Its version, if known.
    public var version: String?
    /// The architecture it is for.
    public var architecture: Architecture
    /// The file in the tree; nil is the whole tree.
    public var path: String?

    /// Creates an artifact.
    public init(kind: String, name: String, version: String? = nil, architecture: Architecture, path: String? = nil) {
        self.kind = kind
        self.name = name
        self.version = version
        self.architecture = architecture
        self.path = path
    }
}
