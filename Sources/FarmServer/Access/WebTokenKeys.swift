import FarmModel
import JWTKit

/// The keys of those who issue tokens. Each has one algorithm, which the farm chooses and no token (RFC 8725 section 3.1): a set that names
/// none for a key leaves it to what the key is for.
struct WebTokenKeys: Sendable {
    private struct Key: Sendable {
        var algorithm: String
        var verifier: JWTKeyCollection
    }

    private var named: [String: Key] = [:]
    private var shared: JWTKeyCollection?

    /// What RFC 7518 calls the algorithms that are let in, by the kinds of keys of a set.
    private static let algorithms = ["RSA": "RS256", "OKP": "EdDSA"]
    private static let shared = "HS256"
    private static let shortestSecret = 32

    /// Adds the keys of a set (RFC 7517); those for other algorithms and other uses are left out.
    /// - Parameter path: Where it was read, for the words of errors.
    /// - Throws: `configuration` if it is no set, or none of its keys can be used.
    mutating func add(set text: String, from path: String) async throws(FarmError) {
        guard case .array(let keys) = (try? JSONParser.parse(text))?["keys"] else {
            throw FarmError(.configuration, "\(path) is no set of JSON Web Keys (RFC 7517): an object with an array \"keys\" is expected")
        }
        for key in keys.compactMap(\.object) { try await add(key, from: path) }
        guard !named.isEmpty else { throw FarmError(.configuration, "\(path) has no key for RS256 or EdDSA signatures") }
    }

    private mutating func add(_ key: JSONObject, from path: String) async throws(FarmError) {
        guard case .string(let kind) = key["kty"], let algorithm = Self.algorithms[kind],
            key["alg"] == nil || key["alg"] == .string(algorithm), key["use"] == nil || key["use"] == "sig"
        else { return }
        guard case .string(let name) = key["kid"] else {
            throw FarmError(.configuration, "\(path) has a key without a key id (\"kid\")")
        }
        guard named[name] == nil else { throw FarmError(.configuration, "\(path) has two keys with the key id \(name)") }
        var complete = key
        if key["alg"] == nil { complete.add("alg", algorithm) }
        let verifier = JWTKeyCollection()
        do { try await verifier.add(jwksJSON: JSONValue.object(["keys": [.object(complete)]]).text) } catch {
            throw FarmError(.configuration, "\(path): the key \(name) cannot be used: \(error)")
        }
        named[name] = Key(algorithm: algorithm, verifier: verifier)
    }

    /// Adds the secret of HS256.
    /// - Throws: `configuration` if it is shorter than its hash.
    mutating func add(secret: String, from path: String) async throws(FarmError) {
        guard secret.utf8.count >= Self.shortestSecret else {
            throw FarmError(.configuration, "\(path): a secret for HS256 has at least 32 bytes (RFC 7518 section 3.2)")
        }
        let verifier = JWTKeyCollection()
        await verifier.add(hmac: HMACKey(stringLiteral: secret), digestAlgorithm: .sha256)
        shared = verifier
    }

    /// What checks a token that says how it is signed; nil if nothing here can have signed it so.
    func verifier(for header: WebTokenHeader) -> JWTKeyCollection? {
        if header.algorithm == Self.shared { return shared }
        if let name = header.key {
            guard let key = named[name], key.algorithm == header.algorithm else { return nil }
            return key.verifier
        }
        let possible = named.values.filter { $0.algorithm == header.algorithm }
        return possible.count == 1 ? possible[0].verifier : nil
    }
}
