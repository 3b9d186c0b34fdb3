public import FarmModel

/// A checked graph of jobs, ready to be stored: everything that takes time was done before.
public struct Submission: Sendable {
    /// One job of the graph.
    public struct Job: Sendable {
        /// The job as submitted; local sources are bound to trees.
        public var spec: JobSpec
        /// The digest of its plan.
        public var planDigest: Digest
        /// Positions of needed jobs within the submission, and whether the need is optional.
        public var needs: [(position: Int, isOptional: Bool)]
        /// Trees it uses from the store: sources, and artifacts of earlier builds by the need's name.
        public var trees: [(role: TreeRole, name: String, digest: Digest)]
        /// The weight of the longest path from this job to the end of the build, itself included.
        public var rank: Double
        /// What its sources come to, if that is known and decides alone whether it is unchanged: see ``Plan/knownSources``.
        public var sources: [String]?
        /// True for a job with secrets: its results are for its owner alone.
        public var isPrivate = false
        /// True for a job that is never unchanged.
        public var isVolatile = false
        /// What the submission's dialect calls it; no two jobs or builds of a dialect have the same name.
        public var aliases: [String] = []

        /// Creates a job.
        public init(
            spec: JobSpec, planDigest: Digest, needs: [(position: Int, isOptional: Bool)] = [],
            trees: [(role: TreeRole, name: String, digest: Digest)] = [], rank: Double = 1
        ) {
            self.spec = spec
            self.planDigest = planDigest
            self.needs = needs
            self.trees = trees
            self.rank = rank
        }
    }

    /// The jobs in the order of the documents.
    public var jobs: [Job]
    /// Who submits, if known.
    public var owner: String?
    /// Who asked, as far as can be told.
    public var requester: Requester?
    /// The interface it came through, for instance `native`.
    public var dialect: String
    /// The submitter's key: the same key with the same content answers the first build.
    public var key: String?
    /// Labels of the build, for people.
    public var labels: [String]
    /// Added to each job's own priority.
    public var priority: Int
    /// Nothing starts before this time, in milliseconds since 1970.
    public var notBeforeMilliseconds: Int64?
    /// Trees of local sources whose blobs are in the store; the caller keeps their ``BlobSession`` until the submission is stored.
    public var trees: [StoredTree]
    /// Secrets by name; they are sealed before they reach the database.
    public var secrets: [String: [UInt8]]
    /// Run everything, also what is unchanged.
    public var isForced = false
    /// How long failures of the build's own commands are remembered, and those that others remembered count; nil for not at all.
    public var rememberMilliseconds: Int64?

    /// What the dialect calls the build; no two builds or jobs of a dialect have the same name.
    public var aliases: [String] = []
    /// What the dialect must repeat of the request; nothing else reads it.
    public var dialectData: JSONObject?
    /// Who is told of what ends in this build, besides those who are told of all.
    public var webhooks: [Webhook] = []
    /// Signs the messages to those of ``webhooks`` that name no configured secret; sealed before it reaches the database.
    public var webhookSecret: [UInt8]?

    /// Creates a submission of some jobs.
    public init(jobs: [Job], dialect: String = "native") {
        self.jobs = jobs
        self.dialect = dialect
        labels = []
        priority = 0
        trees = []
        secrets = [:]
    }

    /// What makes two submissions the same content: the jobs' documents and what was said about the whole.
    var content: Digest {
        var hasher = DigestHasher()
        var writer = JSONWriter()
        for job in jobs {
            writer.write(job.spec.document)
            writer.endRecord()
            writer.bytes.withUnsafeBytes { hasher.update($0) }
            writer.removeAll()
        }
        writer.write(.array(labels.map(JSONValue.string) + [.int(Int64(priority))]))
        writer.bytes.withUnsafeBytes { hasher.update($0) }
        return hasher.finish()
    }
}

/// What a job does with a tree.
public enum TreeRole: String, Sendable {
    /// It made it.
    case output
    /// It is one of its sources.
    case source
    /// An artifact of an earlier build that it needs.
    case need
}
