/// What an executor runs: a plain value that knows nothing of the document it came from.
public struct Plan: Sendable, Equatable {
    /// The root file system the phases see.
    public var environment: Environment
    /// The architecture the outputs are for.
    public var architecture: Architecture
    /// Variables set in every phase.
    public var variables: [String: String]
    /// What is laid out under `/build` before the first phase.
    public var sources: [Source]
    /// Folders kept between builds; never part of a digest.
    public var caches: [CacheMount]
    /// Secrets by name; values never stand in a plan.
    public var secrets: [SecretUse]
    /// What runs, in order; empty if there is a Dockerfile.
    public var phases: [Phase]
    /// The Dockerfile that is built instead of phases.
    public var dockerfile: DockerfileBody?
    /// Where the image of the Dockerfile goes.
    public var exports: [ImageExport]
    /// The apk packages that are made of the outputs; they and their index are the tree then.
    public var packages: [PackageBody]
    /// What tries these packages before anybody gets them.
    public var tests: [PackageTest]
    /// The number of the user that the phases run as; 0 is root, who may write into the root file system too.
    public var user: UInt32
    /// Which files under `$BF_OUT` make the tree; globs, empty means all.
    public var outputs: [OutputPattern]
    /// Globs of the outputs that dependents care about; while these stay the same, dependents are not built again. Empty means all.
    public var interface: [String]
    /// Caps on time, memory and size; not part of the digest.
    public var limits: Limits
    /// `SOURCE_DATE_EPOCH`, in seconds since 1970.
    public var sourceDateEpoch: Int64
    /// True if the job is never unchanged, for instance because it asks the network.
    public var isVolatile: Bool

    /// The time stamped on everything unless a document says otherwise: 1980-01-01, the first that zip can store.
    public static let defaultSourceDateEpoch: Int64 = 315_532_800

    /// The user of phases unless a document says otherwise.
    public static let usualUser: UInt32 = 1_000

    /// Whether the phases run as user 0 of their root, and may write into it.
    public var runsAsRoot: Bool { user == 0 }

    /// Creates a plan of one architecture from its phases; everything else starts empty.
    public init(environment: Environment = .host, architecture: Architecture, phases: [Phase]) {
        self.environment = environment
        self.architecture = architecture
        self.phases = phases
        dockerfile = nil
        exports = []
        packages = []
        tests = []
        user = Self.usualUser
        variables = [:]
        sources = []
        caches = []
        secrets = []
        outputs = []
        interface = []
        limits = Limits()
        sourceDateEpoch = Self.defaultSourceDateEpoch
        isVolatile = false
    }

    /// What each source comes to, if all of that is known without asking anybody and nothing stands against leaving the job out when its
    /// inputs are the same: neither a root file system, a Dockerfile or a signing key to be looked at nor being volatile. Else nil.
    public var knownSources: [String]? {
        guard !isVolatile, environment == .host, dockerfile == nil, packages.isEmpty else { return nil }
        var contents: [String] = []
        for source in sources {
            guard let content = source.content else { return nil }
            contents.append(content)
        }
        return contents
    }

    /// Tells what is laid out in `/build` from all else that plans lay out: places, contents and times; nil while a content is not known.
    public var sourcesDigest: Digest? {
        var text = "\(body()["sources"]?.text ?? "")\n\(sourceDateEpoch)"
        for source in sources {
            guard let content = source.content else { return nil }
            text += "\n" + content
        }
        return Digest.of(text.utf8)
    }
}

/// The root file system of a plan.
public enum Environment: Sendable, Equatable {
    /// The machine's own programs, read-only, as the manual lists them.
    case host
    /// A folder or tar archive on this machine.
    case root(path: String)
    /// An OCI image by reference.
    case image(String)
    /// apk packages, which are resolved and installed when the job is about to run.
    case packages(PackageEnvironment)
}

/// One command of a plan.
public struct Phase: Sendable, Equatable {
    /// What runs.
    public enum Command: Sendable, Equatable {
        /// Text for the environment's `/bin/sh -e`.
        case script(String)
        /// A program and its arguments, without a shell.
        case arguments([String])
    }

    /// When a phase runs.
    public enum Condition: String, Sendable, CaseIterable {
        case success, failure, always
    }

    /// What a phase can reach.
    public enum Network: String, Sendable, CaseIterable {
        /// Nothing but its own loopback.
        case none
        /// The internet, but neither the machine's loopback nor link-local addresses.
        case internet
        /// The machine's own network; only where the operator allows it.
        case host
    }

    /// Names the phase in logs and messages.
    public var name: String
    /// What runs.
    public var command: Command
    /// Relative to `/build`; nil is `/build` itself.
    public var workingDirectory: String?
    /// Added to the plan's variables.
    public var variables: [String: String]
    /// What the phase can reach.
    public var network: Network
    /// The phase's own wall time-out; nil means only the job's.
    public var timeoutMilliseconds: Int64?
    /// When it runs.
    public var condition: Condition
    /// Its failure does not fail the job.
    public var isOptional: Bool

    /// Creates a phase that runs after success, without network.
    public init(name: String, command: Command) {
        self.name = name
        self.command = command
        workingDirectory = nil
        variables = [:]
        network = .none
        timeoutMilliseconds = nil
        condition = .success
        isOptional = false
    }
}

/// Which outputs are kept.
public struct OutputPattern: Sendable, Equatable {
    /// A glob relative to `$BF_OUT`; `**` matches any number of folders.
    public var glob: String
    /// A required pattern that matches nothing fails the job.
    public var isRequired: Bool

    /// Creates a pattern.
    public init(glob: String, isRequired: Bool = true) {
        self.glob = glob
        self.isRequired = isRequired
    }
}

/// A folder that survives the job.
public struct CacheMount: Sendable, Equatable {
    /// Who may use it at the same time.
    public enum Sharing: String, Sendable, CaseIterable {
        /// Any number of jobs at once.
        case shared
        /// One job at a time; others wait.
        case locked
    }

    /// Names the cache across jobs.
    public var id: String
    /// The absolute path at which the job sees it.
    public var path: String
    /// Who may use it at the same time.
    public var sharing: Sharing

    /// Creates a mount.
    public init(id: String, path: String, sharing: Sharing = .shared) {
        self.id = id
        self.path = path
        self.sharing = sharing
    }
}

/// How a plan uses a secret.
public struct SecretUse: Sendable, Equatable {
    /// The secret's name.
    public var name: String
    /// The variable that carries it; nil means only the file `/run/secrets/NAME`.
    public var variable: String?
    /// The phases that see it; empty means all.
    public var phases: [String]

    /// Creates a use.
    public init(name: String, variable: String? = nil, phases: [String] = []) {
        self.name = name
        self.variable = variable
        self.phases = phases
    }
}
