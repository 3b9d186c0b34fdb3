/// How the server listens and whom it answers.
public struct ServerOptions: Sendable {
    /// Where to take connections.
    public var addresses: [ListenAddress] = []
    /// True to answer anybody, also from other machines, without a key.
    public var allowsAnybody = false
    /// Certificate and key for TLS; nil for plain connections.
    public var tls: TLSOptions?

    /// Nothing to listen on yet.
    public init() {}

    /// True where nobody may come in without a key.
    var needsKey: Bool { !allowsAnybody && addresses.contains { !$0.isLocal } }
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
