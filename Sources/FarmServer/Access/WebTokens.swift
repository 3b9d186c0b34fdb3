import FarmAPI
import FarmModel
import HostSystem
import JWTKit

/// Checks JSON Web Tokens (RFC 7519): signature, issuer, audience, times, and the claim `bf_role`.
struct WebTokens: Sendable {
    private let keys: WebTokenKeys
    private let issuer: String
    private let audience: String

    private static let refused = Problem(
        401, "bad_token", "the token is not valid here: its signature, issuer, audience, time or role is wrong")
    private static let keyFileLimit = 1 << 20

    /// Reads the keys.
    /// - Throws: `configuration` that names the file that cannot be used.
    init(_ options: WebTokenOptions) async throws(FarmError) {
        issuer = options.issuer
        audience = options.audience
        var keys = WebTokenKeys()
        if let path = options.keySet { try await keys.add(set: Self.text(of: path), from: path) }
        if let path = options.secret {
            let text = try Self.text(of: path)
            try await keys.add(secret: text.last == "\n" ? String(text.dropLast()) : text, from: path)
        }
        self.keys = keys
    }

    /// Who a token speaks for.
    /// - Throws: 401 without a word about what exactly is wrong with it.
    func caller(_ token: String) async throws(Problem) -> Caller {
        guard let header = WebTokenHeader(token), let verifier = keys.verifier(for: header) else { throw Self.refused }
        do {
            let claims: Claims = try await verifier.verify(token)
            guard claims.iss.value == issuer, claims.aud.value.contains(audience), let role = Role(rawValue: claims.bf_role) else {
                throw Self.refused
            }
            return Caller(name: claims.sub.value, role: role, owner: claims.sub.value, rateKey: "jwt:" + claims.sub.value)
        } catch { throw Self.refused }
    }

    private static func text(of path: String) throws(FarmError) -> String {
        do throws(SystemError) {
            return String(decoding: try Files.readAll(path, limit: keyFileLimit), as: UTF8.self)
        } catch { throw FarmError(.configuration, "cannot read \(path): \(error)") }
    }

    private struct Claims: JWTPayload {
        var iss: IssuerClaim
        var aud: AudienceClaim
        var sub: SubjectClaim
        var exp: ExpirationClaim
        var nbf: NotBeforeClaim?
        var bf_role: String

        func verify(using algorithm: some JWTAlgorithm) throws {
            try exp.verifyNotExpired()
            try nbf?.verifyNotBefore()
        }
    }
}
