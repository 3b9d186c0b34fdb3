/// A repository of this machine that wins over all others, such as the packages of jobs that this one depends on.
public struct LocalRepository: Sendable, Hashable {
    /// What messages and locks call it; the same repository has the same name wherever it lies.
    public var name: String
    /// The folder with `ARCH/APKINDEX.tar.gz` in it. A job's packages need not be for every architecture: without an index it is empty.
    public var folder: String
    /// Its packages win over those of other repositories that provide the same, even with lower versions.
    public var isPreferred: Bool
    /// Its index need not be signed.
    public var allowsUntrusted: Bool

    /// A repository in a folder.
    public init(name: String, folder: String, isPreferred: Bool = true, allowsUntrusted: Bool = true) {
        self.name = name
        self.folder = folder
        self.isPreferred = isPreferred
        self.allowsUntrusted = allowsUntrusted
    }

    /// What a lock calls it.
    var address: String { "local:\(name)" }
}
