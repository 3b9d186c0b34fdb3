/// Packages that may be chosen from: what a repository or a folder of fresh packages has.
public struct PackageSource: Sendable {
    /// How messages call it.
    public var name: String
    /// Only who asks for `name@tag` gets packages of it, and what needs that they have where no other source has anything.
    public var tag: String?
    /// Its packages come before those of all other sources, even with a lower version, for every name that they provide.
    public var isPreferred: Bool
    /// What it has.
    public var packages: [PackageRecord]

    /// A source of packages.
    public init(name: String, tag: String? = nil, isPreferred: Bool = false, packages: [PackageRecord]) {
        self.name = name
        self.tag = tag
        self.isPreferred = isPreferred
        self.packages = packages
    }
}
