/// Everything that goes into a job; two jobs with equal parts give the same outputs, unless they are volatile.
public struct InputParts: Sendable, Equatable {
    /// The job's name, architecture and matrix cell.
    public var identity: JobIdentity
    /// The plan, from submission.
    public var plan: Digest
    /// The recipe's name.
    public var recipe: String
    /// Raised when the recipe's plans change their meaning.
    public var revision: Int
    /// What the root file system is: for the host's the digest of its package database.
    public var environment: String
    /// The closures of the jobs it needs directly, and the trees of artifacts of earlier builds, by name; sorted.
    public var closures: [NamedDigest]
    /// What each source came to: a commit, a tree or a file digest.
    public var sources: [String]

    /// Creates the parts.
    public init(
        identity: JobIdentity, plan: Digest, recipe: String, revision: Int, environment: String, closures: [NamedDigest], sources: [String]
    ) {
        self.identity = identity
        self.plan = plan
        self.recipe = recipe
        self.revision = revision
        self.environment = environment
        self.closures = closures.sorted()
        self.sources = sources
    }

    /// The input digest: SHA-256 of the parts' canonical JSON.
    public var digest: Digest { Digest.of(JSONValue.object(json()).canonicalText.utf8) }

    /// The parts as an attempt's record has them.
    /// - Parameter needs: The trees of all needs, direct and indirect, for people; what decides are the closures.
    public func json(needs: [NamedDigest] = []) -> JSONObject {
        var object: JSONObject = [
            "name": .string(identity.name), "arch": .string(identity.architecture.name), "cell": .string(identity.cellText),
            "plan": .string(plan.description), "recipe": .string(recipe), "revision": .int(Int64(revision)),
            "environment": .string(environment), "sources": .array(sources.map(JSONValue.string)),
            "closures": .array(closures.map(\.json)),
        ]
        object.add("needs", needs.isEmpty ? nil : .array(needs.map(\.json)))
        return object
    }
}

/// A digest under a name.
public struct NamedDigest: Sendable, Hashable, Comparable {
    /// The name of a needed job, with architecture and cell where they tell several apart.
    public var name: String
    /// What it stands for.
    public var digest: Digest

    /// Pairs them.
    public init(name: String, digest: Digest) {
        self.name = name
        self.digest = digest
    }

    /// `[name, digest]`
    public var json: JSONValue { .array([.string(name), .string(digest.description)]) }

    /// Orders by the bytes of the name, then by digest.
    public static func < (left: NamedDigest, right: NamedDigest) -> Bool {
        left.name == right.name ? left.digest < right.digest : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}

/// What dependents see of a job: its own result and that of everything it needed, in one digest.
public enum Closure {
    /// - Parameters:
    ///   - result: The job's tree, or its named interface if the document has one.
    ///   - needs: The closures of what it needs.
    public static func digest(result: Digest, needs: [NamedDigest]) -> Digest {
        guard !needs.isEmpty else { return result }
        return Digest.of(JSONValue.array([.string(result.description)] + needs.sorted().map(\.json)).canonicalText.utf8)
    }
}
