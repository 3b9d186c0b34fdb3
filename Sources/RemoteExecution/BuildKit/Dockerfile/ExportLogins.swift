internal import Execution
internal import FarmModel

/// Who a plan is to registries. To those that it pushes to, it is who the secrets say that its exports name, and nobody without: what the farm
/// may write there is not for everyone who submits. From others it takes images as the farm does.
struct ExportLogins: Sendable {
    private var targets: [(registry: String, login: RegistryLogin?)] = []
    private let farm: RegistryLogins

    /// The logins that the exports of a request need.
    /// - Parameter farm: who the farm is.
    /// - Throws: `badInput` for a secret that is none; nothing of it is part of the message.
    init(_ request: ExecutionRequest, farm: RegistryLogins) throws(ExecutionFailure) {
        self.farm = farm
        for export in request.plan.exports {
            var login: RegistryLogin?
            if let name = export.credentials, let secret = request.credentials[name] { login = try Self.login(secret, named: name) }
            targets.append((export.registry, login))
        }
    }

    /// Reads a secret: an object as it stands below `auths` in Docker's `config.json`.
    static func login(_ secret: [UInt8], named name: String) throws(ExecutionFailure) -> RegistryLogin {
        if let entry = (try? JSONParser.parse(bytes: secret))?.object, let login = RegistryLogin(entry) { return login }
        throw ExecutionFailure(
            .badInput, "the secret \(name) is no JSON like {\"username\": \"…\", \"password\": \"…\"} or {\"identitytoken\": \"…\"}")
    }

    /// What is known for a host: a registry, or one below its name.
    func login(to host: String) -> RegistryLogin? {
        let own = targets.filter { host == $0.registry || host.hasSuffix(".\($0.registry)") }
        guard own.isEmpty else { return own.lazy.compactMap(\.login).first }
        return try? farm.login(to: host)
    }
}
