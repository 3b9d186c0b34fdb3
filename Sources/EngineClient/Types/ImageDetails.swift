internal import FarmModel

/// What a daemon knows of an image.
public struct ImageDetails: Sendable, Equatable {
    /// The digest of its configuration, `sha256:…`.
    public var id: String
    /// Its names with the digests of their manifests, `NAME@sha256:…`.
    public var repositoryDigests: [String]
    /// Its names with tags.
    public var tags: [String]
    /// The processor in Go's words, for instance `amd64`.
    public var architecture: String
    /// Its variables, `NAME=VALUE`.
    public var variables: [String]
    /// What it is started with before the command.
    public var entryPoint: [String]
    /// Its size on the daemon.
    public var sizeBytes: Int64?

    init(_ object: JSONObject) {
        func texts(_ value: JSONValue?) -> [String] { value?.array?.compactMap(\.string) ?? [] }
        id = object["Id"]?.string ?? ""
        repositoryDigests = texts(object["RepoDigests"])
        tags = texts(object["RepoTags"])
        architecture = object["Architecture"]?.string ?? ""
        variables = texts(object["Config"]?["Env"])
        entryPoint = texts(object["Config"]?["Entrypoint"])
        sizeBytes = object["Size"]?.int
    }
}

/// An image's name, taken apart.
struct ImageName: Equatable {
    let repository: String
    /// A tag, or a digest.
    let tag: String

    /// Without a tag or digest it is `latest`. A colon before the last slash belongs to a port.
    init(_ reference: String) {
        if let at = reference.firstIndex(of: "@") {
            repository = String(reference[..<at])
            tag = String(reference[reference.index(after: at)...])
            return
        }
        let name = reference.lastIndex(of: "/").map { reference[$0...] } ?? reference[...]
        guard let colon = name.lastIndex(of: ":") else {
            repository = reference
            tag = "latest"
            return
        }
        repository = String(reference[..<colon])
        tag = String(reference[reference.index(after: colon)...])
    }
}

/// One step of a pull or push.
public struct TransferProgress: Sendable, Equatable {
    /// What is being done.
    public var status: String
    /// The layer.
    public var layer: String?
    /// Bytes so far.
    public var doneBytes: Int64?
    /// Bytes in all.
    public var totalBytes: Int64?
    /// The digest of the manifest that was pushed; told in the end.
    public var digest: String?

    init(_ object: JSONObject) {
        status = EngineError.line(object["status"]?.string ?? object["stream"]?.string ?? "")
        layer = object["id"]?.string.map { EngineError.line($0) }
        doneBytes = object["progressDetail"]?["current"]?.int
        totalBytes = object["progressDetail"]?["total"]?.int
        digest = object["aux"]?["Digest"]?.string
    }
}
