/// Everything that goes into a job; two jobs with equal parts give the same outputs, unless they are volatile.
public struct InputParts: Sendable, Equatable {
    /// The plan, from submission.
    public var plan: Digest
    /// The recipe's name and revision.
    public var recipe: String
    /// Raised when the recipe's plans change their meaning.
    public var revision: Int
    /// What the root file system is: for the host's the digest of its package database.
    public var environment: String
    /// The architecture.
    public var architecture: Architecture
    /// The trees of all needs by name.
    public var needs: [(name: String, tree: Digest)]
    /// What each source came to: a commit, a tree or a file digest.
    public var sources: [String]

    /// Creates the parts.
    public init(
        plan: Digest, recipe: String, revision: Int, environment: String, architecture: Architecture,
        needs: [(name: String, tree: Digest)], sources: [String]
    ) {
        self.plan = plan
        self.recipe = recipe
        self.revision = revision
        self.environment = environment
        self.architecture = architecture
        self.needs = needs
        self.sources = sources
    }

    /// The input digest: SHA-256 of the parts' canonical JSON.
    public var digest: Digest { Digest.of(Array(JSONValue.object(json).canonicalText.utf8)) }

    private var json: JSONObject {
        [
            "plan": .string(plan.hex), "recipe": .string(recipe), "revision": .int(Int64(revision)), "environment": .string(environment),
            "arch": .string(architecture.name), "sources": .array(sources.map(JSONValue.string)),
            "needs": .array(needs.map { .array([.string($0.name), .string($0.tree.hex)]) }),
        ]
    }

    /// Equal if their digests are.
    public static func == (left: InputParts, right: InputParts) -> Bool { left.json == right.json }
}
