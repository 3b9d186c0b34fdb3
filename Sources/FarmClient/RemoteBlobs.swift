internal import AsyncHTTPClient
internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import NIOHTTP1

/// The files behind a server, read piece by piece and checked.
struct RemoteBlobs: BlobSource {
    let connection: ServerConnection

    private static let pieceSize = 8 << 20
    private static let manifestLimit = 1 << 30

    func copy(_ digest: Digest, to destination: Descriptor) throws(FarmError) {
        try each(digest, limit: .max) { piece throws(FarmError) in
            try FarmError.wrap { () throws(SystemError) in try destination.writeAll(piece) }
        }
    }

    func manifest(_ tree: Digest) throws(FarmError) -> TreeManifest {
        if tree == StoredTree.empty.digest { return .empty }
        var bytes: [UInt8] = []
        try each(tree, limit: Self.manifestLimit) { bytes += $0 }
        guard let manifest = TreeManifest(bytes: bytes) else {
            throw FarmError(.inputOutput, "what \(connection.access.address) has as \(tree) is no tree")
        }
        return manifest
    }

    private func each(_ digest: Digest, limit: Int, _ body: ([UInt8]) throws(FarmError) -> Void) throws(FarmError) {
        if digest == Digest.of([]) { return }
        var hasher = DigestHasher()
        var (place, size) = (0, Int.max)
        while place < size {
            let last = place + Self.pieceSize - 1
            let response = try connection.send(
                .init(method: .GET, path: "\(RemoteFarm.prefix)/blobs/\(digest)", headers: ["Range": "bytes=\(place)-\(last)"]))
            let piece = response.bytes
            // Without a range it is the whole.
            size =
                response.headers.first(name: "Content-Range").flatMap { $0.split(separator: "/").last.flatMap { Int($0) } } ?? piece.count
            guard size <= limit, !piece.isEmpty else {
                throw connection.notUnderstood("\(RemoteFarm.prefix)/blobs/\(digest)", "it ends too early or is too large")
            }
            piece.withUnsafeBytes { hasher.update($0) }
            try body(piece)
            place += piece.count
        }
        guard hasher.finish() == digest else {
            throw FarmError(.inputOutput, "what \(connection.access.address) sent as \(digest) has another digest; try again")
        }
    }
}
