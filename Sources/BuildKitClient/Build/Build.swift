/// What a daemon is asked to make.
public struct Build: Sendable {
    /// What is made.
    public enum Work: Sendable {
        /// The result of a definition.
        case definition(Definition)
        /// The image that a Dockerfile describes.
        case dockerfile(DockerfileBuild)
    }

    /// Where a cache is kept.
    public struct Cache: Sendable, Equatable {
        /// `registry`, `inline` or `local`.
        public var type: String
        /// What that needs, for instance `ref` and `mode`.
        public var attributes: [String: String]

        /// A cache.
        public init(type: String, attributes: [String: String] = [:]) {
            self.type = type
            self.attributes = attributes
        }
    }

    /// What is made.
    public var work: Work
    /// What becomes of the result; nil leaves it in the daemon's cache.
    public var export: Export?
    /// What the daemon can ask for meanwhile.
    public var content = SessionContent()
    /// Caches that are read.
    public var cacheImports: [Cache] = []
    /// Caches that are written.
    public var cacheExports: [Cache] = []
    /// Whether commands may use the daemon's own network.
    public var allowsHostNetwork = false
    /// Shown for the build, in messages of this side.
    public var purpose: String
    /// It is no build of its own but serves another.
    public var isInternal = false

    /// A build whose result stays in the cache.
    public init(_ work: Work, purpose: String) {
        self.work = work
        self.purpose = purpose
    }
}

/// What becomes of a result.
public struct Export: Sendable, Equatable {
    /// The exporter, for instance `local`.
    public var type: String
    /// What it needs.
    public var attributes: [String: String]

    /// The files, to this side.
    public static let local = Export(type: "local", attributes: [:])
    /// The files as one archive, to this side.
    public static let tar = Export(type: "tar", attributes: [:])

    /// An archive of an image in the form of OCI, to this side.
    public static func oci(name: String?) -> Export { archive("oci", name) }

    /// An archive of an image in the form of `docker save`, to this side.
    public static func docker(name: String?) -> Export { archive("docker", name) }

    /// An image in the daemon's store.
    public static func image(name: String, pushes: Bool, isInsecure: Bool = false) -> Export {
        var attributes = ["name": name]
        if pushes { attributes["push"] = "true" }
        if isInsecure { attributes["registry.insecure"] = "true" }
        return Export(type: "image", attributes: attributes)
    }

    /// An image in dockerd's own store.
    public static func moby(name: String) -> Export { Export(type: "moby", attributes: ["name": name]) }

    private static func archive(_ type: String, _ name: String?) -> Export {
        Export(type: type, attributes: name.map { ["name": $0] } ?? [:])
    }

    /// Times of everything in the result: seconds since 1970. Old daemons take no notice.
    public func dated(_ sourceDateEpoch: Int64) -> Export {
        var export = self
        export.attributes["source-date-epoch"] = "\(sourceDateEpoch)"
        return export
    }
}
