public import NIOCore

extension EngineClient {
    /// Unpacks a tar archive in a container, running or not. Owners and modes are taken over.
    /// - Parameter path: the folder in the container, which must exist.
    public func putArchive(_ archive: any ByteStream, into id: String, at path: String) async throws(EngineError) {
        try await perform(
            EngineRequest(
                method: .put, path: "/containers/\(id)/archive", query: [("path", path)], body: .archive(archive),
                patience: Self.archivePatience))
    }

    /// Archives go piece by piece, so the pauses are short.
    private static let archivePatience: Int64 = 120_000

    /// Whether a container has a file or folder at a path.
    public func hasFile(_ path: String, in id: String) async throws(EngineError) -> Bool {
        let request = EngineRequest(method: .head, path: "/containers/\(id)/archive", query: [("path", path)])
        do throws(EngineError) { try await perform(request) } catch {
            if error.isMissing { return false }
            throw error
        }
        return true
    }

    /// Takes a folder or file of a container as a tar archive, piece by piece; the names in it begin with the last name of the path.
    public func getArchive(
        of path: String, from id: String, take: @escaping @Sendable (ByteBuffer) async throws -> Void
    ) async throws(EngineError) {
        let request = EngineRequest(
            method: .get, path: "/containers/\(id)/archive", query: [("path", path)], patience: Self.archivePatience)
        try await transport.stream(request, prefix: try await versionPrefix(request), take: take)
    }
}
