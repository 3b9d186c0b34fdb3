internal import FarmModel
public import NIOCore
internal import NIOHTTP1

extension EngineClient {
    /// An image, or nil if the daemon does not have it.
    /// - Parameter reference: name, with tag or digest, or id.
    public func image(_ reference: String) async throws(EngineError) -> ImageDetails? {
        do throws(EngineError) {
            return ImageDetails(try await object(EngineRequest(method: .get, path: "/images/\(QueryText.path(reference))/json")))
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    /// Fetches an image from its registry.
    /// - Parameters:
    ///   - platform: as `linux/arm64`; nil for the daemon's own.
    ///   - credentials: for the registry.
    ///   - progress: called with each step.
    public func pull(
        _ reference: String, platform: String? = nil, credentials: RegistryCredentials? = nil,
        progress: @escaping @Sendable (TransferProgress) async throws -> Void = { _ in }
    ) async throws(EngineError) {
        let name = ImageName(reference)
        var request = EngineRequest(method: .post, path: "/images/create", patience: Self.transferPatience)
        request.query = [("fromImage", name.repository), ("tag", name.tag)] + (platform.map { [("platform", $0)] } ?? [])
        request.headers = Self.headers(credentials)
        try await transfer(request, progress)
    }

    /// Sends an image to its registry, which its name begins with.
    public func push(
        _ reference: String, credentials: RegistryCredentials? = nil,
        progress: @escaping @Sendable (TransferProgress) async throws -> Void = { _ in }
    ) async throws(EngineError) {
        let name = ImageName(reference)
        var request = EngineRequest(method: .post, path: "/images/\(QueryText.path(name.repository))/push", patience: Self.transferPatience)
        request.query = [("tag", name.tag)]
        // Daemons refuse a push without the header, even to a registry that asks for nothing.
        request.headers = Self.headers(credentials ?? RegistryCredentials(user: "", password: ""))
        try await transfer(request, progress)
    }

    /// Makes an image of one layer from a tar archive of its files.
    /// - Parameter reference: name and tag.
    public func importImage(_ archive: any ByteStream, as reference: String) async throws(EngineError) {
        var request = EngineRequest(method: .post, path: "/images/create", patience: Self.transferPatience)
        request.query = [("fromSrc", "-"), ("repo", reference)]
        request.body = .archive(archive)
        try await transfer(request) { _ in }
    }

    /// Writes an image as an archive, in the form of `docker save`, piece by piece.
    public func save(_ reference: String, take: @escaping @Sendable (ByteBuffer) async throws -> Void) async throws(EngineError) {
        let request = EngineRequest(method: .get, path: "/images/\(QueryText.path(reference))/get", patience: Self.transferPatience)
        try await transport.stream(request, prefix: try await versionPrefix(request), take: take)
    }

    /// Removes a name of an image, and the image with its last name. It is no error if there is none.
    public func removeImage(_ reference: String, force: Bool = false) async throws(EngineError) {
        let request = EngineRequest(
            method: .delete, path: "/images/\(QueryText.path(reference))", query: force ? [("force", "1")] : [],
            patience: Self.transferPatience)
        do throws(EngineError) { try await perform(request) } catch { if !error.isMissing { throw error } }
    }

    /// Daemons are silent while they unpack a layer.
    static let transferPatience: Int64 = 600_000

    /// The status of such an answer is good however the transfer ends: a failure is its last line.
    private func transfer(
        _ request: EngineRequest, _ progress: @escaping @Sendable (TransferProgress) async throws -> Void
    ) async throws(EngineError) {
        try await self.progress(request) { [transport] object in
            if let message = object["error"]?.string ?? object["errorDetail"]?["message"]?.string {
                let missing = ["not found", "unknown", "no such", "denied", "does not exist"].contains(where: message.lowercased().contains)
                throw transport.error(request, .refused(status: missing ? 404 : 500, message: EngineError.line(message)))
            }
            try await progress(TransferProgress(object))
        }
    }

    private static func headers(_ credentials: RegistryCredentials?) -> HTTPHeaders {
        credentials.map { ["X-Registry-Auth": $0.header] } ?? [:]
    }
}
