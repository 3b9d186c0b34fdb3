internal import FarmModel
internal import NIOSSL

extension TLSOptions {
    /// The files, read and checked.
    /// - Throws: `configuration` that names the file that cannot be used.
    func context() throws(FarmError) -> NIOSSLContext {
        let certificates = try reading(certificate) { try NIOSSLCertificate.fromPEMFile(certificate) }
        let privateKey = try reading(key) { try NIOSSLPrivateKey(file: key, format: .pem) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["h2", "http/1.1"]
        if let clientAuthority {
            let issuers = try reading(clientAuthority) { try NIOSSLCertificate.fromPEMFile(clientAuthority) }
            configuration.trustRoots = .certificates(issuers)
            // A client may come with a certificate or with a key; what it comes with must be good.
            configuration.certificateVerification = .optionalVerification
        }
        let complete = configuration
        return try reading(certificate) { try NIOSSLContext(configuration: complete) }
    }

    private func reading<T>(_ path: String, _ read: () throws -> T) throws(FarmError) -> T {
        do { return try read() } catch { throw FarmError(.configuration, "cannot use \(path) for TLS: \(error)") }
    }
}
