public import FarmModel
public import NIOSSL

/// TLS towards a daemon, from the files of a backend.
public enum EngineTLS {
    /// The configuration.
    /// - Throws: `configuration` when a file cannot be used.
    public static func configuration(_ tls: BackendTLS) throws(FarmError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        do {
            if let file = tls.authority {
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(file))
            }
            if let file = tls.certificate {
                configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(file).map { .certificate($0) }
            }
            if let file = tls.key {
                configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: file, format: .pem))
            }
        } catch {
            let files = [tls.authority, tls.certificate, tls.key].compactMap { $0 }.joined(separator: ", ")
            throw FarmError(.configuration, "the files for TLS cannot be used (\(files)): \(EngineError.line("\(error)"))")
        }
        return configuration
    }
}
