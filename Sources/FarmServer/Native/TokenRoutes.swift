import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import HostSystem

/// Keys by which programs and people are let in.
struct TokenRoutes {
    let services: Services

    var routes: [Route] {
        [
            Route(.get, "/tokens", .listTokens, list), Route(.post, "/tokens", .createToken, create),
            Route(.delete, "/tokens/{token}", .revokeToken, revoke),
        ]
    }

    @Sendable private func list(_ call: Call) async throws -> Reply {
        let store = services.store
        return try await offloaded { () throws(FarmError) in
            .json(.ok, ["tokens": .array(try store.tokens().map { .object($0.json) })])
        }
    }

    @Sendable private func create(_ call: Call) async throws -> Reply {
        let request = try TokenRequest(await call.object(of: "name", "role", "owner", "expires"))
        let store = services.store
        return try await offloaded(on: .waiting) { () throws(FarmError) in
            let (record, secret) = try store.createToken(request, by: call.requester)
            var object = record.json
            object.add("secret", secret.text)
            var reply = Reply.json(.created, object)
            reply.headers[.cacheControl] = "no-store"
            return reply
        }
    }

    @Sendable private func revoke(_ call: Call) async throws -> Reply {
        let store = services.store
        return try await offloaded(on: .waiting) { () throws(FarmError) in
            let token = try store.token(named: call.path("token"))
            return .json(.ok, try store.revokeToken(token.id, by: call.requester).json)
        }
    }
}

extension TokenRequest {
    /// Reads `{"name", "role", "owner", "expires"}`.
    fileprivate init(_ object: JSONObject) throws(Problem) {
        guard let name = object["name"]?.string, let role = object["role"]?.string.flatMap(Role.init(rawValue:)) else {
            let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(422, "bad_input", "a token needs a name, and a role out of \(roles)")
        }
        var expires: Int64?
        if let value = object["expires"] {
            let text = value.string ?? ""
            expires = Timestamp.parse(text) ?? DurationText.milliseconds(text).map { Clock.wallMilliseconds + $0 }
            guard expires != nil else { throw Problem(422, "bad_input", "expires is no time and no duration such as 90d") }
        }
        guard object["owner"] == nil || object["owner"]?.string != nil else { throw Problem(422, "bad_input", "owner is not text") }
        self.init(name: name, role: role, owner: object["owner"]?.string, expiresMilliseconds: expires)
    }
}

extension Operation {
    fileprivate static let listTokens = Operation(
        "listTokens", "Keys by which programs and people are let in", role: .admin,
        answers: [.list("tokens", of: "token", "All keys, without their secrets.")])
    fileprivate static let createToken = Operation(
        "createToken", "Make a key; its secret is in the answer and nowhere else", role: .admin,
        body: .json([
            "type": "object", "required": ["name", "role"], "additionalProperties": false,
            "properties": [
                "name": ["type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"],
                "role": ["enum": .array(Role.allCases.map { .string($0.rawValue) })],
                "owner": ["type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"],
                "expires": ["type": "string", "description": "A time in RFC 3339, or a duration from now such as 90d."],
            ],
        ]),
        answers: [.record("token", "The key, with its secret.", status: 201)])
    fileprivate static let revokeToken = Operation(
        "revokeToken", "Take a key back", role: .admin, answers: [.record("token", "The key, which lets nobody in any more.")])
}
