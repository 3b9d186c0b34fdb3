public import FarmModel
internal import Synchronization

/// Docker and Podman by their Engine API (Docker Engine API 1.41, which Podman serves too; https://docs.docker.com/reference/api/engine/).
///
/// Any number of tasks may use one client. Each call ends: with what was asked, or with an ``EngineError`` once the daemon does not go on.
public final class EngineClient: Sendable {
    /// Where the daemon is.
    public let address: EngineAddress
    let transport: EngineTransport
    private let known = Mutex<EngineVersion?>(nil)

    /// The version of the API that this was written for.
    private static let knownVersion = APIVersion(major: 1, minor: 41)

    /// A client of the daemon at an address; nothing is sent.
    /// - Throws: `configuration` when the files for TLS cannot be used.
    public init(_ address: EngineAddress) throws(FarmError) {
        self.address = address
        transport = try EngineTransport(address)
    }

    /// The answer to a request, which is an object; an empty answer is an empty object.
    func object(_ request: EngineRequest) async throws(EngineError) -> JSONObject {
        guard let object = try await value(request).object else { throw transport.error(request, .notUnderstood("it is no object")) }
        return object
    }

    /// The answer to a request.
    func value(_ request: EngineRequest) async throws(EngineError) -> JSONValue {
        let body = try await transport.answer(request, prefix: try await versionPrefix(request)).body
        if body.isEmpty { return .object(JSONObject()) }
        do { return try JSONParser.parse(bytes: body) } catch { throw transport.error(request, .notUnderstood("\(error)")) }
    }

    /// Sends a request whose answer says nothing.
    func perform(_ request: EngineRequest) async throws(EngineError) {
        _ = try await transport.answer(request, prefix: try await versionPrefix(request))
    }

    /// What stands before paths, such as `/v1.41`: daemons refuse versions that are too old, and too new ones.
    func versionPrefix(_ request: EngineRequest) async throws(EngineError) -> String {
        if request.isUnversioned { return "" }
        let version = try await daemon()
        let chosen = max(min(Self.knownVersion, version.api), version.minimumAPI)
        return "/v\(chosen.major).\(chosen.minor)"
    }

    /// What the daemon said of itself when it was first asked.
    /// - Parameter patience: how long it may take then, in milliseconds.
    public func daemon(patience: Int64 = 30_000) async throws(EngineError) -> EngineVersion {
        if let version = known.withLock({ $0 }) { return version }
        let version = try await version(patience: patience)
        known.withLock { $0 = version }
        return version
    }
}
