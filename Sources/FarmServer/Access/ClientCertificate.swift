import FarmModel
import NIOCore
import NIOSSL
import SwiftASN1
import X509

/// Reads from a client's certificate who it is: the common name is the name, and an organisational unit `bf-ROLE` gives the role.
enum ClientCertificate {
    private static let prefix = "bf-"

    /// The caller of a connection, or of a stream of HTTP/2 in one; nil if it showed no certificate.
    static func caller(of channel: any Channel) async -> Caller? {
        guard let shown = await certificate(of: channel), let bytes = try? shown.toDERBytes(),
            let certificate = try? Certificate(derEncoded: bytes)
        else { return nil }
        return caller(subject: certificate.subject)
    }

    private static func certificate(of channel: any Channel) async -> NIOSSLCertificate? {
        if let certificate = try? await channel.nioSSL_peerCertificate().get() { return certificate }
        // The TLS of a stream is that of its connection; the parent of a connection is the listening socket, which has none.
        return try? await channel.parent?.nioSSL_peerCertificate().get()
    }

    static func caller(subject: DistinguishedName) -> Caller {
        var name: String?
        var role = Role.read
        for attribute in subject.flatMap(\.self) {
            let text = attribute.value.description
            if attribute.type == .RDNAttributeType.commonName { name = text }
            guard attribute.type == .RDNAttributeType.organizationalUnitName, text.hasPrefix(prefix) else { continue }
            if let named = Role(rawValue: String(text.dropFirst(prefix.count))) { role = max(role, named) }
        }
        return Caller(name: name, role: role, owner: name, rateKey: "cert:" + (name ?? ""))
    }
}
