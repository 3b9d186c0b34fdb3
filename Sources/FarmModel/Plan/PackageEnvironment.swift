/// A root file system made of apk packages.
public struct PackageEnvironment: Sendable, Equatable {
    /// A repository that packages come from.
    public struct Repository: Sendable, Hashable {
        /// `https://…`, or a folder of this machine; the index is `ARCH/APKINDEX.tar.gz` beneath it.
        public var address: String
        /// Only who asks for `name@tag` gets packages of it.
        public var tag: String?

        /// Names a repository.
        public init(address: String, tag: String? = nil) {
            self.address = address
            self.tag = tag
        }
    }

    /// A user or group that exists in the root, as lines of passwd and group say it.
    public struct Account: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its number.
        public var number: Int64
        /// The number of a user's group; nil for the number of the user.
        public var group: Int64?
        /// The members of a group, or nothing.
        public var members: [String]
        /// A user's shell; nil for `/bin/sh`.
        public var shell: String?
        /// A user's home; nil for `/home/NAME`.
        public var home: String?

        /// An account with a name and a number.
        public init(name: String, number: Int64, group: Int64? = nil, members: [String] = [], shell: String? = nil, home: String? = nil) {
            self.name = name
            self.number = number
            self.group = group
            self.members = members
            self.shell = shell
            self.home = home
        }
    }

    /// Where packages come from, in order.
    public var repositories: [Repository]
    /// The public keys that indexes and packages may be signed with: `https://…`, or a file of this machine; the last part is the key's name.
    public var keys: [String]
    /// What is installed, in apk's constraint language.
    public var packages: [String]
    /// Users beside those of the packages.
    public var users: [Account] = []
    /// Groups beside those of the packages.
    public var groups: [Account] = []

    /// An environment without accounts of its own.
    public init(repositories: [Repository], keys: [String], packages: [String]) {
        self.repositories = repositories
        self.keys = keys
        self.packages = packages
    }
}
