public import FarmModel

/// How the server listens and whom it answers.
public struct ServerOptions: Sendable {
    /// Where to take connections.
    public var addresses: [ListenAddress] = []
    /// True to answer anybody, also from other machines, without a key.
    public var allowsAnybody = false
    /// Certificate and key for TLS; nil for plain connections.
    public var tls: TLSOptions?

    /// What is built for where a request names no architecture.
    public var defaultArchitecture = Architecture.native
    /// The folder of the repository of finished packages; nil for the one in the state directory.
    public var repository: String?
    /// The folder that melange's servers put results in; nil for none.
    public var outputFolder: String?
    /// The text of a public key that packages are signed with, by its name; nil for an unknown one.
    public var packageKeys: @Sendable (String) throws(FarmError) -> String? = { _ in nil }
    /// How JSON Web Tokens are checked; nil refuses them.
    public var webTokens: WebTokenOptions?
    /// The names of the secrets that messages to webhooks of single builds may be signed with.
    public var webhookSecrets: Set<String> = []
    /// Requests a second of one key.
    public var ratePerSecond = 200
    /// The origins of pages of other sites that may read answers, for instance `https://farm.example`.
    public var crossOrigins: Set<String> = []
    /// How many files and connections the process may have open.
    public var openFiles = 1_024
    /// True to ask for a key on loopback addresses too.
    public var alwaysNeedsKey = false

    /// Nothing to listen on yet.
    public init() {}

    /// Refuses to listen beyond this machine where nobody could come in, or anybody.
    /// - Parameter hasKeys: Whether there is a valid key.
    /// - Throws: `configuration` that says what to do.
    public func check(hasKeys: Bool) throws(FarmError) {
        guard !allowsAnybody, !hasKeys, webTokens == nil, tls?.clientAuthority == nil, let open = addresses.first(where: { !$0.isLocal })
        else { return }
        throw FarmError(
            .configuration,
            "\(open) can be reached from other machines, and there is no key yet: make one with bf-serve token create, "
                + "or listen on 127.0.0.1; --insecure-no-auth lets anybody in")
    }

    /// True where nobody may come in without a key.
    var needsKey: Bool { !allowsAnybody && (alwaysNeedsKey || addresses.contains { !$0.isLocal }) }
}

/// The files of TLS, in PEM.
public struct TLSOptions: Sendable {
    /// The certificate, and those that lead to its issuer.
    public var certificate: String
    /// Its private key.
    public var key: String
    /// Issuers of client certificates; nil if none are asked for.
    public var clientAuthority: String?

    /// Names the files.
    public init(certificate: String, key: String, clientAuthority: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.clientAuthority = clientAuthority
    }
}

/// How JSON Web Tokens are checked.
public struct WebTokenOptions: Sendable {
    /// Who must have issued them.
    public var issuer: String
    /// For whom they must be.
    public var audience: String
    /// A file with a set of public keys (RFC 7517), for RS256 and EdDSA.
    public var keySet: String?
    /// A file with the secret of HS256.
    public var secret: String?

    /// Accepts tokens of an issuer for an audience.
    public init(issuer: String, audience: String, keySet: String? = nil, secret: String? = nil) {
        self.issuer = issuer
        self.audience = audience
        self.keySet = keySet
        self.secret = secret
    }
}
