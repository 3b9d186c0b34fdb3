/// What a plan does that has a Dockerfile instead of phases.
public struct DockerfileBody: Sendable, Equatable {
    /// Where the Dockerfile is.
    public enum Place: Sendable, Equatable {
        /// A file below the context.
        case file(String)
        /// In the plan itself.
        case text(String)
    }

    /// What becomes of the image.
    public enum Output: String, Sendable, CaseIterable {
        /// An archive in the form of OCI, `image.tar`.
        case oci
        /// An archive in the form of `docker save`, `image.tar`.
        case docker
        /// Its files in an archive, `rootfs.tar`.
        case tar
        /// Its files.
        case files
        /// Nothing: it is only pushed.
        case none
    }

    /// Where the Dockerfile is.
    public var place = Place.file(usualFile)
    /// The folder below `/build` whose files it can copy; nil for all of that.
    public var context: String?
    /// The stage that is made; nil for the last.
    public var target: String?
    /// Values of `ARG`.
    public var arguments: [String: String] = [:]
    /// What it is made for; empty for the job's architecture.
    public var architectures: [Architecture] = []
    /// What becomes of the image.
    public var output = Output.oci
    /// What its commands can reach.
    public var network = Phase.Network.internet

    /// The name that a Dockerfile has unless a plan says otherwise.
    public static let usualFile = "Dockerfile"

    /// A file `Dockerfile`, its last stage, as an archive.
    public init() {}
}

/// A name under which a plan's image is kept elsewhere.
public struct ImageExport: Sendable, Equatable {
    /// Registry, name and tag.
    public var image: String
    /// Further tags in the same place.
    public var tags: [String] = []
    /// Whether it goes to the registry; else it stays with the daemon that made it.
    public var pushes = true
    /// Whether the registry may be one without TLS.
    public var isInsecure = false
    /// The secret with the name and password for the registry.
    public var credentials: String?

    /// An image that is pushed.
    public init(image: String) { self.image = image }

    /// All its names.
    public var names: [String] { [image] + tags.map { "\(repository):\($0)" } }

    /// The image's name without its tag.
    public var repository: String {
        let name = image.split(separator: "@", maxSplits: 1).first.map(String.init) ?? image
        guard let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") else { return name }
        return String(name[..<colon])
    }

    /// The registry.
    public var registry: String { String(image.prefix { $0 != "/" }) }
}

extension Phase {
    /// The one phase of a plan that has a Dockerfile, in logs and records.
    public static let dockerfile = Phase(name: "dockerfile", command: .arguments([]))
}

extension Plan {
    /// The names of all secrets that it uses, each once.
    public var secretNames: [String] {
        var names = secrets.map(\.name)
        for name in exports.compactMap(\.credentials) where !names.contains(name) { names.append(name) }
        return names
    }
}
