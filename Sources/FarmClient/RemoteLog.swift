internal import AsyncHTTPClient
internal import FarmModel
internal import FarmStore
internal import NIOHTTP1
internal import Synchronization

/// A log behind a server, read in large pieces. Asking for its size brings what has come since with it.
final class RemoteLog: LogBytes {
    private struct Piece {
        var offset: Int64
        var bytes: [UInt8]
        /// The size of the log when the piece was read.
        var size: Int64
        /// Where whoever reads has got.
        var place: Int64 = 0
        /// Whether nobody has asked yet since it was read.
        var isFresh = true

        /// The bytes from a place on; nil where the piece has none.
        mutating func bytes(atMost limit: Int, at place: Int64) -> ArraySlice<UInt8>? {
            guard place >= offset, place < offset + Int64(bytes.count) else { return nil }
            let found = bytes[Int(place - offset)...].prefix(limit)
            self.place = place + Int64(found.count)
            return found
        }
    }

    private let connection: ServerConnection
    private let path: String
    private let piece: Mutex<Piece>

    private static let pieceSize = 1 << 20

    /// - Returns: nil if there is no such log (yet).
    init?(_ name: LogName, isIndex: Bool, _ connection: ServerConnection) throws(FarmError) {
        self.connection = connection
        path = "\(RemoteFarm.prefix)/logs/\(name.build)/\(name.job)/\(name.attempt)?part=\(isIndex ? "index" : "log")"
        guard let first = try Self.fetch(connection, path, from: 0) else { return nil }
        piece = Mutex(first)
    }

    func currentSize() throws(FarmError) -> Int64 {
        let (known, place) = piece.withLock { piece in
            defer { piece.isFresh = false }
            return (piece.isFresh ? piece.size : nil, piece.place)
        }
        if let known { return known }
        return try refill(from: place).size
    }

    func read(atMost limit: Int, at offset: Int64) throws(FarmError) -> ArraySlice<UInt8> {
        if let bytes = piece.withLock({ $0.bytes(atMost: limit, at: offset) }) { return bytes }
        _ = try refill(from: offset)
        return piece.withLock { $0.bytes(atMost: limit, at: offset) } ?? []
    }

    private func refill(from offset: Int64) throws(FarmError) -> Piece {
        guard var fresh = try Self.fetch(connection, path, from: offset) else {
            throw FarmError(.noInput, "the log was removed while it was read")
        }
        fresh.place = offset
        fresh.isFresh = false
        piece.withLock { [fresh] in $0 = fresh }
        return fresh
    }

    private static func fetch(_ connection: ServerConnection, _ path: String, from offset: Int64) throws(FarmError) -> Piece? {
        let response = try connection.send(.init(method: .GET, path: "\(path)&offset=\(offset)&limit=\(pieceSize)"))
        if response.status == .noContent { return nil }
        guard let size = response.headers.first(name: "BF-Log-Size").flatMap({ Int64($0) }) else {
            throw connection.notUnderstood(path, "it does not tell the size of the log")
        }
        return Piece(offset: offset, bytes: response.bytes, size: size)
    }
}
