public import FarmModel

/// The keys that signatures are trusted by.
public struct Keyring: Sendable, Equatable {
    /// The keys.
    public let keys: [PublicKey]

    /// Trusts these keys.
    public init(_ keys: [PublicKey]) { self.keys = keys }

    /// The key that signed a segment.
    ///
    /// One signature of a known key is enough, those of others are passed over; but one of a known key that does not fit is a sign that the
    /// file was changed, whatever the others say.
    /// - Parameters:
    ///   - segment: What was signed, as it stands in the file.
    ///   - name: What messages call the file.
    /// - Throws: `badInput` if no known key signed it.
    public func signer(of segment: GzipMember, by signatures: [PackageSignature], in name: String) throws(FarmError) -> PublicKey {
        var signer: PublicKey?
        for signature in signatures {
            guard let key = keys.first(where: { $0.name == signature.keyName }) else { continue }
            guard signature.isMade(by: key, over: segment) else {
                throw FarmError(.badInput, "\(name): its signature by the key \(key.name) does not fit; get the file anew")
            }
            signer = signer ?? key
        }
        if let signer { return signer }
        if signatures.isEmpty { throw FarmError(.badInput, "\(name): it is not signed; sign it, or allow untrusted packages") }
        let names = signatures.map(\.keyName).joined(separator: ", ")
        throw FarmError(.badInput, "\(name): it is signed by \(names), which is none of the known keys; add that key to the environment")
    }
}
