/// What the operator says about Git sources. Nothing of it comes from a document.
public struct GitSettings: Sendable {
    /// Schemes that addresses may have.
    public var schemes: Set<GitAddress.Scheme> = GitAddress.publicSchemes
    /// The private key for ssh; nil for none. The user's own keys are never tried.
    public var sshKey: String?
    /// The socket of an ssh agent; nil for none.
    public var sshAgent: String?
    /// The file of known ssh hosts, which then must have the host. nil trusts a host at first sight and keeps its key in the cache; a key that
    /// changes later is refused.
    public var sshKnownHosts: String?
    /// Variables for git, as `NAME=value`: the search path, proxies and certificates.
    public var environment: [String] = FetchEnvironment.inherited
    /// The longest time without a sign of life from git, in milliseconds.
    public var silenceMilliseconds: Int64 = 300_000
    /// The most bytes of a commit's files together, and of a file that git writes.
    public var byteLimit: Int64 = 16 << 30
    /// The most files, links and submodules of a commit.
    public var fileLimit = 1_000_000

    /// The settings for documents from anywhere.
    public init() {}
}
