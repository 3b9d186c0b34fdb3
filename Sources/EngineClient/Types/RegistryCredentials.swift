internal import FarmModel

/// Who somebody is to a registry.
public struct RegistryCredentials: Sendable, Equatable {
    /// The name.
    public var user: String
    /// The password or token.
    public var password: String
    /// What stands for name and password at registries that give out tokens.
    public var identityToken: String?

    /// Credentials by name and password, or by a token.
    public init(user: String, password: String, identityToken: String? = nil) {
        self.user = user
        self.password = password
        self.identityToken = identityToken
    }

    /// The header X-Registry-Auth: JSON in base64 for URLs.
    var header: String {
        var object: JSONObject = ["username": .string(user), "password": .string(password)]
        object.add("identitytoken", identityToken)
        let text = Base64.urlText(of: Array(JSONValue.object(object).text.utf8))
        // dockerd wants the padding, and without it takes nobody for who he is.
        return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }
}
