internal import FarmModel
internal import NIOSSL

/// What a connection to a daemon is made safe with.
struct ClientTLS: Sendable {
    let context: NIOSSLContext
    /// The name that the certificate must be for; nil for the address itself.
    let serverName: String?

    /// Reads the files.
    /// - Parameter protocol: what is spoken above TLS, as ALPN names it.
    /// - Throws: `configuration` that names the file that cannot be used.
    init(_ files: BackendTLS, host: String, protocol name: String) throws(FarmError) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = [name]
        if let authority = files.authority {
            configuration.trustRoots = .certificates(try Self.reading(authority) { try NIOSSLCertificate.fromPEMFile(authority) })
        }
        if let certificate = files.certificate {
            let chain = try Self.reading(certificate) { try NIOSSLCertificate.fromPEMFile(certificate) }
            configuration.certificateChain = chain.map { .certificate($0) }
        }
        if let key = files.key {
            configuration.privateKey = .privateKey(try Self.reading(key) { try NIOSSLPrivateKey(file: key, format: .pem) })
        }
        let complete = configuration
        context = try Self.reading(files.certificate ?? "the certificates") { try NIOSSLContext(configuration: complete) }
        serverName = files.serverName ?? (Self.isNumeric(host) ? nil : host)
    }

    /// The handler of one connection.
    func handler() throws -> NIOSSLClientHandler { try NIOSSLClientHandler(context: context, serverHostname: serverName) }

    /// An address of the network is no name that TLS could be asked for.
    private static func isNumeric(_ host: String) -> Bool {
        host.contains(":") || host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func reading<T>(_ path: String, _ read: () throws -> T) throws(FarmError) -> T {
        do { return try read() } catch { throw FarmError(.configuration, "cannot use \(path) for TLS: \(error)") }
    }
}
