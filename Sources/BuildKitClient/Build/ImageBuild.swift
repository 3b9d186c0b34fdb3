/// An image that is to be made, and where it goes.
public struct ImageBuild: Sendable {
    /// Where an image goes.
    public enum Goal: Sendable {
        /// Into the daemon's store.
        case store
        /// To the registry that its name begins with.
        case registry(isInsecure: Bool)
        /// To this side, as an archive in the form of OCI.
        case oci(any ByteSink)
        /// To this side, as an archive in the form of `docker save`.
        case docker(any ByteSink)
    }

    /// How it is made; what becomes of the result is decided here.
    public var build: Build
    /// Its name, with registry and tag.
    public var name: String
    /// Where it goes.
    public var goal: Goal
    /// Whether dockerd's store is to forget the name, if it needed one only to hand the image out.
    public var isNameTemporary = false
    /// Where its cache is kept, as `CACHE_REGISTRY` and `CACHE_MODE` say it; nil for nowhere.
    public var cache: (registry: String, name: String, mode: CacheChoice.Mode)?

    /// An image of this name.
    public init(_ build: Build, name: String, goal: Goal) {
        self.build = build
        self.name = name
        self.goal = goal
    }

    /// What has to be asked for if the daemon can do everything.
    var export: Export {
        switch goal {
        case .store: .image(name: name, pushes: false)
        case .registry(let isInsecure): .image(name: name, pushes: true, isInsecure: isInsecure)
        case .oci: .oci(name: name)
        case .docker: .docker(name: name)
        }
    }

    /// What takes the archive, if there is one.
    var sink: (any ByteSink)? {
        switch goal {
        case .store, .registry: nil
        case .oci(let sink), .docker(let sink): sink
        }
    }

    /// The registry that the name begins with.
    var registry: String { String(name.prefix { $0 != "/" }) }
}

/// What came of an image.
public struct ImageOutcome: Sendable, Equatable {
    /// What the exporter says, for instance `containerimage.digest`.
    public var response: [String: String]
    /// What was done in place of what was asked for, a sentence each.
    public var fallbacks: [String]

    static let digestKey = "containerimage.digest"

    /// The digest of the image's manifest; nil if nobody tells it.
    public var digest: String? { response[Self.digestKey] }
}
