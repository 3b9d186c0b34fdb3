public import FarmModel
internal import HostSystem

/// What a token is to be.
public struct TokenRequest: Sendable {
    /// What it is called.
    public var name: String
    /// What its holder may do.
    public var role: Role
    /// Whose builds its holder submits; nil for the token's own name.
    public var owner: String?
    /// From when on it is not valid any more, in milliseconds since 1970; nil for never.
    public var expiresMilliseconds: Int64?

    /// Asks for a token.
    public init(name: String, role: Role, owner: String? = nil, expiresMilliseconds: Int64? = nil) {
        self.name = name
        self.role = role
        self.owner = owner
        self.expiresMilliseconds = expiresMilliseconds
    }
}

extension Store {
    /// Makes a token, durably, and notes who asked for it. Its secret is in the answer and nowhere else.
    /// - Throws: `usage` if the name or owner cannot be one or the token would be expired; `badInput` if a valid token has the name.
    public func createToken(_ request: TokenRequest, by requester: Requester) throws(FarmError) -> (
        record: TokenRecord, secret: TokenSecret
    ) {
        try request.check(now: clock().wallMilliseconds)
        let secret = TokenSecret(random: RandomBytes.make(32))
        let record = try write(.durable, rings: true) { transaction throws(FarmError) in
            let record = try transaction.insertToken(request, hash: secret.hash)
            let data: JSONObject = [
                "token": .string(record.id.description), "name": .string(record.name), "role": .string(record.role.rawValue),
            ]
            try transaction.audit(.tokenCreated, by: requester, data: data)
            return record
        }
        return (record, secret)
    }

    /// Takes a token back, durably, and notes who asked for it. Revoking it again changes nothing.
    /// - Throws: `noInput` if there is none with this id.
    public func revokeToken(_ id: TokenID, by requester: Requester) throws(FarmError) -> TokenRecord {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            let changed = try transaction.database.run(
                "UPDATE tokens SET revoked_ms = ? WHERE id = ? AND revoked_ms IS NULL", transaction.now.wallMilliseconds, id)
            let record = try TokenReader(transaction.database).token(id)
            if changed == 1 {
                let data: JSONObject = ["token": .string(id.description), "name": .string(record.name)]
                try transaction.audit(.tokenRevoked, by: requester, data: data)
            }
            return record
        }
    }

    /// All tokens, the oldest first.
    public func tokens() throws(FarmError) -> [TokenRecord] {
        try read { database throws(FarmError) in try TokenReader(database).tokens("WHERE 1 ORDER BY id", []) }
    }

    /// The token that an id, a unique prefix of one, or the name of a valid token means.
    /// - Throws: `noInput` if there is none; `badInput` if the prefix is that of several.
    public func token(named text: String) throws(FarmError) -> TokenRecord {
        let found = try read { database throws(FarmError) in
            let reader = TokenReader(database)
            let named = try reader.tokens("WHERE name = ? AND revoked_ms IS NULL", [text])
            guard named.isEmpty, let range = TokenID.range(ofPrefix: text) else { return named }
            return try reader.tokens("WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 2", [range.lowerBound, range.upperBound])
        }
        guard let first = found.first else {
            throw FarmError(.noInput, "there is no token \(JSONValue.string(text).text); see bf-serve token list")
        }
        guard found.count == 1 else { throw FarmError(.badInput, "\(text) is the start of several ids; give more of it") }
        return first
    }

    /// The token that has a secret, also if it has expired or was revoked: see ``TokenRecord/validity(at:)``. Nil if none has it.
    ///
    /// It is looked up by the digest of the secret, of which nobody can choose a part, and the digests are compared in constant time.
    public func token(matching secret: TokenSecret) throws(FarmError) -> TokenRecord? {
        let hash = secret.hash
        return try read { database throws(FarmError) in
            guard let found = try TokenReader(database).token(hash: hash), found.hash.isEqualInConstantTime(to: hash) else { return nil }
            return found.record
        }
    }
}

extension TokenRequest {
    private static let nameBytes = 1...100

    fileprivate func check(now: Int64) throws(FarmError) {
        for (what, text) in [("name", name), ("owner", owner)] {
            guard let text else { continue }
            guard Self.nameBytes.contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
                let limit = Self.nameBytes.upperBound
                throw FarmError(.usage, "the \(what) of a token has 1 to \(limit) bytes, without spaces and control characters")
            }
        }
        if let expiresMilliseconds, expiresMilliseconds <= now {
            throw FarmError(.usage, "the token would have expired already; give a later time")
        }
    }
}

extension Transaction {
    fileprivate func insertToken(_ request: TokenRequest, hash: Digest) throws(FarmError) -> TokenRecord {
        let taken: TokenID? = try database.first("SELECT id FROM tokens WHERE name = ? AND revoked_ms IS NULL", request.name) {
            $0.identifier(0)
        }
        if let taken {
            throw FarmError(.badInput, "\(taken) has the name \(request.name); revoke it first, or choose another name")
        }
        let record = TokenRecord(
            id: try allot(in: "tokens"), name: request.name, role: request.role, owner: request.owner,
            createdMilliseconds: now.wallMilliseconds, expiresMilliseconds: request.expiresMilliseconds)
        try database.run(
            "INSERT INTO tokens(id, name, hash, role, owner, created_ms, expires_ms) VALUES(?, ?, ?, ?, ?, ?, ?)", record.id, record.name,
            hash, record.role.rawValue, record.owner, record.createdMilliseconds, record.expiresMilliseconds)
        return record
    }
}
