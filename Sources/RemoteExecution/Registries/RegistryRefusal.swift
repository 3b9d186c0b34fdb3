internal import EngineClient
internal import Execution
internal import FarmModel

/// A registry did not give an image to whom it does not know, or does not believe.
struct RegistryRefusal {
    private let registry: String
    private let isKnown: Bool
    private let path: String?

    /// - Parameter login: what it was told.
    init(_ registry: String, _ login: RegistryLogin?, _ logins: RegistryLogins) {
        self.registry = registry
        isKnown = login != nil
        path = logins.path
    }

    /// What it means for the job: no other backend and no other time would help.
    func failure(for image: String, _ reason: String) -> ExecutionFailure {
        let file = path ?? "config.json"
        let advice =
            isKnown
            ? "does not accept the credentials in \(file); renew them"
            : "wants credentials, and \(file) has none for it; docker login writes them, or name another file: bf-run backend add --registry-auth"
        return ExecutionFailure(.badInput, "image \(image): registry \(registry) \(advice): \(reason)")
    }
}

extension RegistryLogin {
    /// For the Engine API.
    var credentials: RegistryCredentials { RegistryCredentials(user: user, password: password, identityToken: identityToken) }

    /// For BuildKit, which takes a password without a name for a token.
    var pair: (name: String, secret: String) { identityToken.map { ("", $0) } ?? (user, password) }
}
