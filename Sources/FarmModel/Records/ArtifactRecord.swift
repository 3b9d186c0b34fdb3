/// A named result of a job.
public struct ArtifactRecord: Sendable, Equatable {
    /// Its job.
    public var job: JobID
    /// What it is, for instance `tree`.
    public var kind: String
    /// Its name.
    public var name: String
    /// Its version, if stated.
    public var version: String?
    /// Its architecture.
    public var architecture: Architecture
    /// The file within the job's tree; nil means the whole tree.
    public var path: String?
    /// Its size in bytes; of a tree, of all files together.
    public var bytes: Int64
    /// The file's or the tree's digest.
    public var digest: Digest

    /// Creates a record.
    public init(
        job: JobID, kind: String, name: String, version: String?, architecture: Architecture, path: String?, bytes: Int64, digest: Digest
    ) {
        self.job = job
        self.kind = kind
        self.name = name
        self.version = version
        self.architecture = architecture
        self.path = path
        self.bytes = bytes
        self.digest = digest
    }

    /// The `artifact` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "artifact", "job": .string(job.description), "type": .string(kind), "name": .string(name)]
        object.add("version", version)
        object.add("arch", architecture.name)
        object.add("path", path)
        object.add("bytes", bytes)
        object.add("digest", digest.description)
        return object
    }
}
