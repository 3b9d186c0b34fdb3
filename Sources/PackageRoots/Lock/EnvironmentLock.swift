internal import AlpinePackage
public import FarmModel
internal import Fetching
internal import PackageFiles

/// What an environment of packages was resolved to: everything that decides what is in its root, and nothing else.
///
/// A root made of the same lock has the same content, wherever and whenever it is made; nothing is resolved anew for that.
public struct EnvironmentLock: Sendable, Equatable {
    /// One package that is installed.
    public struct Package: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its version with its release.
        public var version: String
        /// Its architecture, which may be `noarch`.
        public var architecture: String
        /// The SHA-1 of its control segment, 20 bytes, by which all of it is known.
        public var checksum: [UInt8]
        /// Where it comes from: an address or a folder as the environment says it, or `local:NAME`.
        public var repository: String

        /// Names a package.
        public init(name: String, version: String, architecture: String, checksum: [UInt8], repository: String) {
            self.name = name
            self.version = version
            self.architecture = architecture
            self.checksum = checksum
            self.repository = repository
        }

        /// What its file is called.
        var fileName: String { "\(name)-\(version).apk" }
    }

    /// A key that is trusted in the root.
    public struct Key: Sendable, Hashable {
        /// The name of its file.
        public var name: String
        /// The digest of its text.
        public var digest: Digest
        /// Where it comes from: an address or a path.
        public var address: String

        /// Names a key.
        public init(name: String, digest: Digest, address: String) {
            self.name = name
            self.digest = digest
            self.address = address
        }
    }

    /// What the root is for.
    public var architecture: Architecture
    /// The packages, those that others need before them.
    public var packages: [Package]
    /// The keys, in the order of the environment.
    public var keys: [Key]
    /// What was asked for, in apk's constraint language.
    public var world: [String]
    /// The repositories with their tags, in the order of the environment.
    public var repositories: [PackageEnvironment.Repository]
    /// Users beside those of the packages.
    public var users: [PackageEnvironment.Account]
    /// Groups beside those of the packages.
    public var groups: [PackageEnvironment.Account]

    /// Locks packages for an environment.
    public init(_ environment: PackageEnvironment, _ architecture: Architecture, packages: [Package], keys: [Key]) {
        self.architecture = architecture
        self.packages = packages
        self.keys = keys
        world = environment.packages
        repositories = environment.repositories
        users = environment.users
        groups = environment.groups
    }

    /// What the root is known by: the digest of the canonical JSON. With other passwords in the addresses it is the same root.
    public var digest: Digest { Digest.of(Array(JSONValue.object(withoutCredentials.json).canonicalText.utf8)) }

    /// The same for those who are shown it: without passwords in the addresses.
    public var withoutCredentials: EnvironmentLock {
        var lock = self
        for index in packages.indices { lock.packages[index].repository = CredentialMask.masked(packages[index].repository) }
        for index in keys.indices { lock.keys[index].address = CredentialMask.masked(keys[index].address) }
        for index in repositories.indices { lock.repositories[index].address = CredentialMask.masked(repositories[index].address) }
        return lock
    }
}
