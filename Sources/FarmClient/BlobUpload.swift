internal import AsyncHTTPClient
internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import NIOHTTP1

/// Brings trees to a server: of their files what it does not have, then their manifests.
struct BlobUpload {
    private let connection: ServerConnection
    private let blobs: BlobStore

    private static let pieceSize = 4 << 20
    private static let digestsAtOnce = 10_000

    init(_ connection: ServerConnection, _ blobs: BlobStore) {
        self.connection = connection
        self.blobs = blobs
    }

    func send(_ trees: [StoredTree]) throws(FarmError) {
        // The empty tree is everywhere.
        let trees = trees.filter { $0.digest != StoredTree.empty.digest }
        var sizes: [Digest: Int64] = [:]
        for tree in trees { for (digest, size) in tree.blobs where digest != tree.digest { sizes[digest] = size } }
        for digest in try missing(sizes.keys.sorted()) { try send(digest, size: sizes[digest] ?? 0) }
        for tree in trees { try sendManifest(tree.digest) }
    }

    private func missing(_ digests: [Digest]) throws(FarmError) -> [Digest] {
        var missing: [Digest] = []
        for start in stride(from: 0, to: digests.count, by: Self.digestsAtOnce) {
            let part = digests[start..<min(start + Self.digestsAtOnce, digests.count)]
            let answer = try connection.post(
                "\(RemoteFarm.prefix)/blobs/missing", .object(["digests": .array(part.map { .string($0.description) })]))
            missing += answer["missing"]?.array?.compactMap { $0.string.flatMap { Digest($0) } } ?? []
        }
        return missing
    }

    private func send(_ digest: Digest, size: Int64) throws(FarmError) {
        let file = try blobs.open(digest)
        guard size > Self.pieceSize else {
            let bytes = try read(file, at: 0)
            _ = try connection.send(.init(method: .PUT, path: path(digest), headers: Self.type, body: bytes))
            return
        }
        var offset = try known(digest, size: size)
        while offset < size {
            let bytes = try read(file, at: offset)
            let isLast = offset + Int64(bytes.count) == size
            var headers = Self.type
            headers.add(name: "Upload-Offset", value: String(offset))
            headers.add(name: "Upload-Complete", value: isLast ? "?1" : "?0")
            let response = try connection.send(
                .init(method: .PATCH, path: path(digest), headers: headers, body: bytes), accepting: .conflict)
            offset = try place(in: response, insteadOf: offset) ?? offset + Int64(bytes.count)
        }
    }

    /// Where the server wants to go on: after a connection that was lost in the middle it may have more, or less, than it confirmed.
    private func place(in response: HTTPClient.Response, insteadOf offset: Int64) throws(FarmError) -> Int64? {
        guard response.status == .conflict else { return nil }
        guard let place = self.offset(in: response), place != offset else { throw ServerProblem(response, connection.access).error }
        return place
    }

    private func offset(in response: HTTPClient.Response) -> Int64? {
        response.headers.first(name: "Upload-Offset").flatMap { Int64($0) }
    }

    /// How much of a file came before, perhaps long ago.
    private func known(_ digest: Digest, size: Int64) throws(FarmError) -> Int64 {
        let response = try connection.send(.init(method: .HEAD, path: path(digest)), accepting: .notFound)
        return response.status == .ok ? size : offset(in: response) ?? 0
    }

    private func sendManifest(_ tree: Digest) throws(FarmError) {
        let file = try blobs.open(tree)
        let bytes = try FarmError.wrap { () throws(SystemError) in try file.readAll(limit: 1 << 30) }
        _ = try connection.send(.init(method: .POST, path: "\(RemoteFarm.prefix)/trees", headers: Self.type, body: bytes))
    }

    private func read(_ file: Descriptor, at offset: Int64) throws(FarmError) -> [UInt8] {
        try FarmError.wrap { () throws(SystemError) in try file.read(atMost: Self.pieceSize, at: offset) }
    }

    private func path(_ digest: Digest) -> String { "\(RemoteFarm.prefix)/blobs/\(digest)" }

    private static let type: HTTPHeaders = ["Content-Type": "application/octet-stream"]
}
