internal import BuildKitClient
internal import Execution
internal import FarmModel
internal import HostSystem

/// Who the farm is to registries: a file in the form of Docker's `config.json`, of which `auths` is read. It is read again each time, as
/// passwords change.
struct RegistryLogins: Sendable {
    private static let fileLimit = 1 << 20

    /// The file.
    let path: String?
    /// Whether it was named, and so must exist.
    private let isNamed: Bool

    /// The file of a backend; one that names none has that of the runner's user.
    init(_ named: String?, environment: (String) -> String? = HostSystem.Environment.value) {
        let folder = environment("DOCKER_CONFIG") ?? environment("HOME").map { $0 + "/.docker" }
        path = named ?? folder.map { $0 + "/config.json" }
        isNamed = named != nil
    }

    /// What a registry knows the farm as; nil if the file has nothing of it.
    /// - Parameter registry: its host, with the port.
    /// - Throws: `infrastructure` that names the file, if it cannot be used.
    func login(to registry: String) throws(ExecutionFailure) -> RegistryLogin? {
        guard let path, let auths = try read(path)["auths"]?.object else { return nil }
        guard let member = auths.members.first(where: { Self.isSame(Self.host(of: $0.key), registry) }) else { return nil }
        guard let entry = member.value.object, let login = RegistryLogin(entry) else {
            throw failure(path, "\(registry) stands there without a password; bf asks no credential helpers")
        }
        return login
    }

    private func read(_ path: String) throws(ExecutionFailure) -> JSONObject {
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try Files.readAll(path, limit: Self.fileLimit) } catch {
            if error.isMissing, !isNamed { return JSONObject() }
            throw failure(path, "\(error)")
        }
        guard let object = (try? JSONParser.parse(bytes: bytes))?.object else { throw failure(path, "it is no JSON object") }
        return object
    }

    private func failure(_ path: String, _ detail: String) -> ExecutionFailure {
        ExecutionFailure(.infrastructure, "the credentials of registries in \(path) cannot be used: \(detail)")
    }

    /// `docker login` writes some hosts as addresses of the web.
    private static func host(of key: String) -> String {
        for scheme in ["https://", "http://"] where key.hasPrefix(scheme) {
            return String(key.dropFirst(scheme.count).prefix { $0 != "/" })
        }
        return key
    }

    /// The registry of names without one has several hosts.
    private static func isSame(_ host: String, _ registry: String) -> Bool {
        host == registry || (isUsual(host) && isUsual(registry))
    }

    private static func isUsual(_ host: String) -> Bool {
        host == ImageReference.usualRegistry || host.hasSuffix("." + ImageReference.usualRegistry)
    }
}

/// Name and password for a registry, or a token in their place.
struct RegistryLogin: Sendable, Equatable {
    /// The name; empty with a token.
    var user = ""
    /// The password; empty with a token.
    var password = ""
    /// What a registry that gives out tokens takes instead.
    var identityToken: String?

    /// Reads an entry of `auths`; nil if there is nothing in it.
    init?(_ entry: JSONObject) {
        if let token = entry["identitytoken"]?.string, !token.isEmpty {
            identityToken = token
        } else if let user = entry["username"]?.string, let password = entry["password"]?.string {
            (self.user, self.password) = (user, password)
        } else {
            guard let bytes = entry["auth"]?.string.flatMap(Base64.bytes(of:)), let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
                return nil
            }
            user = String(decoding: bytes[..<colon], as: UTF8.self)
            password = String(decoding: bytes[(colon + 1)...], as: UTF8.self)
        }
    }
}
