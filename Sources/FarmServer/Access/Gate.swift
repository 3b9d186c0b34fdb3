import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import HostSystem
import Hummingbird
import HummingbirdCore

/// Lets requests in or turns them away.
struct Gate: Sendable {
    let store: Store
    /// True where nobody may come in without a key.
    let needsKey: Bool
    /// True to let in whoever comes from wherever, without a key.
    let allowsAnybody: Bool
    /// True where clients may show certificates.
    let asksForCertificates: Bool
    let webTokens: WebTokens?
    let uses: TokenUses
    let rate: RateLimit

    /// - Parameter role: What the request needs; nil lets anybody in.
    /// - Throws: 401, 403 or 429.
    @discardableResult
    func admit(_ request: Request, _ context: FarmRequestContext, to role: Role?) async throws(Problem) -> Caller {
        guard let role else { return try anybody(request) }
        let caller = try await caller(request, context)
        if !caller.rateKey.isEmpty, let seconds = rate.take(caller.rateKey, now: Clock.boottimeMilliseconds) {
            throw Problem(429, "too_many_requests", "this key sends too many requests; slow down", retryAfterSeconds: seconds)
        }
        guard caller.role >= role else {
            throw Problem(403, "forbidden", "this needs the role \(role.rawValue); the key has \(caller.role.rawValue)")
        }
        return caller
    }

    private func caller(_ request: Request, _ context: FarmRequestContext) async throws(Problem) -> Caller {
        switch Credential(BasicCredential.translated(request.headers, path: request.uri.path)) {
        case .key(let text): return try await holder(of: text)
        case .webToken(let text):
            guard let webTokens else { throw Self.unknownKey }
            return try await webTokens.caller(text)
        case .malformed:
            throw Problem(401, "bad_credentials", "send one key, as Authorization: Bearer KEY or as X-API-Key: KEY")
        case .none: break
        }
        if asksForCertificates, let caller = await ClientCertificate.caller(of: context.channel) { return caller }
        if allowsAnybody { return .local }
        guard !needsKey else {
            throw Problem(401, "no_key", "a key is needed: Authorization: Bearer KEY; bf-serve token create makes one")
        }
        try Loopback.check(request)
        return .local
    }

    /// Where a key is needed nobody is hurt by what is open to all; elsewhere a page of another site must not see even that.
    private func anybody(_ request: Request) throws(Problem) -> Caller {
        if !needsKey, !allowsAnybody, Credential(request.headers) == .none { try Loopback.check(request) }
        return .nobody
    }

    private static let unknownKey = Problem(401, "unknown_key", "the key is not known here; bf-serve token list shows which are")

    private func holder(of text: String) async throws(Problem) -> Caller {
        guard let secret = TokenSecret(text) else { throw Self.unknownKey }
        let token: TokenRecord?
        let store = store
        do { token = try await offloaded { () throws(FarmError) in try store.token(matching: secret) } } catch { throw Problem(any: error) }
        guard let token else { throw Self.unknownKey }
        switch token.validity(at: Clock.wallMilliseconds) {
        case .valid: uses.note(token.id)
        case .expired: throw Problem(401, "expired_key", "the key \(token.name) has expired; ask for a new one")
        case .revoked: throw Problem(401, "revoked_key", "the key \(token.name) was revoked; ask for a new one")
        }
        return Caller(name: token.name, role: token.role, owner: token.owner ?? token.name, rateKey: token.id.description)
    }
}
