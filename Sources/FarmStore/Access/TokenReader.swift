import FarmModel

/// Turns rows of tokens into records.
struct TokenReader {
    private let database: Connection

    private static let columns = "id, name, role, owner, created_ms, expires_ms, revoked_ms, last_used_ms"

    init(_ database: Connection) { self.database = database }

    func token(_ id: TokenID) throws(FarmError) -> TokenRecord {
        guard let token = try tokens("WHERE id = ?", [id]).first else {
            throw FarmError(.noInput, "no token \(id); see bf-serve token list")
        }
        return token
    }

    func tokens(_ condition: String, _ values: [any SQLBindable]) throws(FarmError) -> [TokenRecord] {
        try database.all("SELECT \(Self.columns) FROM tokens \(condition)", values: values) { Self.record($0) }
    }

    func token(hash: Digest) throws(FarmError) -> (record: TokenRecord, hash: Digest)? {
        let found = try database.first("SELECT \(Self.columns), hash FROM tokens WHERE hash = ?", hash) { (Self.record($0), $0.digest(8)) }
        guard let found, let stored = found.1 else { return nil }
        return (found.0, stored)
    }

    private static func record(_ row: Row) -> TokenRecord {
        var token = TokenRecord(
            id: row.identifier(0), name: row.text(1), role: Role(rawValue: row.text(2)) ?? .read, owner: row.textIfAny(3),
            createdMilliseconds: row.integer(4), expiresMilliseconds: row.integerIfAny(5))
        token.revokedMilliseconds = row.integerIfAny(6)
        token.lastUsedMilliseconds = row.integerIfAny(7)
        return token
    }
}
