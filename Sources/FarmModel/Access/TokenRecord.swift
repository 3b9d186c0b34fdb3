/// A token by which a program or person is let in, as tools and servers show it. Its secret is nowhere.
public struct TokenRecord: Sendable, Equatable {
    /// Its id.
    public var id: TokenID
    /// What it is called; no two valid tokens have the same name.
    public var name: String
    /// What its holder may do.
    public var role: Role
    /// Whose builds its holder submits; nil for the token's own name.
    public var owner: String?
    /// When it was made, in milliseconds since 1970.
    public var createdMilliseconds: Int64
    /// From when on it is not valid any more, in milliseconds since 1970; nil for never.
    public var expiresMilliseconds: Int64?
    /// When it was revoked, in milliseconds since 1970.
    public var revokedMilliseconds: Int64?
    /// When it was last used, give or take a minute, in milliseconds since 1970.
    public var lastUsedMilliseconds: Int64?

    /// Whether a token lets somebody in.
    public enum Validity: Sendable, Equatable {
        /// It does.
        case valid
        /// Its time is over.
        case expired
        /// Somebody took it back.
        case revoked
    }

    /// Creates a record of a token that was not used yet.
    public init(id: TokenID, name: String, role: Role, owner: String?, createdMilliseconds: Int64, expiresMilliseconds: Int64?) {
        self.id = id
        self.name = name
        self.role = role
        self.owner = owner
        self.createdMilliseconds = createdMilliseconds
        self.expiresMilliseconds = expiresMilliseconds
    }

    /// Whether it lets somebody in at a time in milliseconds since 1970.
    public func validity(at now: Int64) -> Validity {
        if revokedMilliseconds != nil { return .revoked }
        return expiresMilliseconds.map { $0 <= now } == true ? .expired : .valid
    }

    /// The `token` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "token", "id": .string(id.description), "name": .string(name), "role": .string(role.rawValue)]
        object.add("owner", owner)
        object.add("created", Timestamp.format(milliseconds: createdMilliseconds))
        object.add("expires", expiresMilliseconds.map(Timestamp.format))
        object.add("revoked", revokedMilliseconds.map(Timestamp.format))
        object.add("last_used", lastUsedMilliseconds.map(Timestamp.format))
        return object
    }
}
