/// An apk package that is made of a folder of the outputs, once the phases have ended.
public struct PackageBody: Sendable, Equatable {
    /// Scripts that apk runs, by their name in the package.
    public enum Scriptlet: String, Sendable, CaseIterable {
        case preInstall = "pre-install"
        case postInstall = "post-install"
        case preDeinstall = "pre-deinstall"
        case postDeinstall = "post-deinstall"
        case preUpgrade = "pre-upgrade"
        case postUpgrade = "post-upgrade"
        /// Runs when something changes below one of ``PackageBody/triggerPaths``.
        case trigger
    }

    /// What is not found out by looking at the files.
    public struct Options: Sendable, Equatable {
        /// `no-provides`
        public var hasNoProvides = false
        /// `no-depends`
        public var hasNoDependencies = false
        /// `no-commands`
        public var hasNoCommands = false
        /// `no-versioned-shlib-deps`
        public var hasNoLibraryVersions = false

        /// Everything is found out.
        public init() {}
    }

    /// One entry of `copyright`.
    public struct Copyright: Sendable, Equatable {
        /// An SPDX expression.
        public var license: String
        /// Who holds it, in free text.
        public var attestation: String?
        /// Globs of the files it is about.
        public var paths: [String]
        /// Where its text lies beneath `$BF_OUT`; nil if the document names no file with it.
        public var textPath: String?

        /// A licence of everything.
        public init(license: String, attestation: String? = nil, paths: [String] = []) {
            self.license = license
            self.attestation = attestation
            self.paths = paths
        }
    }

    /// Where the files of the package lie beneath `$BF_OUT`.
    public var folder: String
    /// Its name.
    public var name: String
    /// Its version with its release: `1.2.3-r4`.
    public var version: String
    /// The architecture as apk spells it, `noarch` among them.
    public var architecture: String
    /// The package that it is built with; its own name for that one.
    public var origin: String
    /// One line.
    public var summary = ""
    /// The project's address.
    public var url = ""
    /// What its sources were, for `.PKGINFO` and the bill of materials.
    public var commit: String?
    /// Seconds since 1970: `builddate`, and the time of its files.
    public var buildTime: Int64
    /// Its licences.
    public var copyrights: [Copyright] = []
    /// What it needs when it is installed, in apk's constraint language; more is found in the files.
    public var dependencies: [String] = []
    /// What it provides, more is found in the files.
    public var provides: [String] = []
    /// The packages whose files it may overwrite.
    public var replaces: [String] = []
    /// `provider_priority`
    public var providerPriority: Int64?
    /// `replaces_priority`
    public var replacesPriority: Int64?
    /// Scripts that apk runs.
    public var scriptlets: [Scriptlet: String] = [:]
    /// What ``Scriptlet/trigger`` watches.
    public var triggerPaths: [String] = []
    /// What is not found out by looking at the files.
    public var options = Options()
    /// What its files let those do who run them, by path.
    public var capabilities: [FileCapabilities] = []
    /// The linters whose findings do not fail the build, by their public names.
    public var disabledLinters: [String] = []
    /// The linters that are not asked, as tests of the package look for the same, by their public names.
    public var answeredLinters: [String] = []

    /// A package of one folder.
    public init(folder: String, name: String, version: String, architecture: String, origin: String, buildTime: Int64) {
        self.folder = folder
        self.name = name
        self.version = version
        self.architecture = architecture
        self.origin = origin
        self.buildTime = buildTime
    }

    /// What its file is called in a repository.
    public var fileName: String { "\(name)-\(version).apk" }
}
