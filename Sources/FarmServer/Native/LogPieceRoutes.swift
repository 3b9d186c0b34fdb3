import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import Hummingbird
import NIOCore

/// Logs and their indexes piece by piece, as bf-logs reads them.
struct LogPieceRoutes {
    let services: Services

    static let parameters = [
        Parameter.word("part", "The log itself, or its index.", ["log", "index"]),
        .integer("offset", "Where the piece begins; 0 if not given.", 0...Int.max),
        .integer("limit", "The most bytes.", 0...pieceLimit),
    ]

    private static let pieceLimit = 4 << 20

    var routes: [Route] { [Route(.get, "/logs/{build}/{job}/{attempt}", .logPiece, piece)] }

    @Sendable private func piece(_ call: Call) async throws -> Reply {
        guard let build = BuildID(call.path("build")), let job = JobID(call.path("job")), let attempt = Int(call.path("attempt")),
            attempt > 0
        else { throw Problem(404, "not_found", "a log has the id of a build, the id of a job, and the number of an attempt") }
        let isIndex = call.query("part") == "index"
        let offset = Int64(try call.integer("offset", 0...Int.max) ?? 0)
        let limit = try call.integer("limit", 0...Self.pieceLimit) ?? Self.pieceLimit
        let (store, name) = (services.store, LogName(build, job, attempt: attempt))
        return try await offloaded { () throws(FarmError) in
            guard var reader = try isIndex ? store.logIndexText(name) : store.log(name) else {
                return Reply(.noContent)
            }
            let size = try reader.size()
            let bytes = try reader.bytes(from: offset, upTo: limit)
            let headers: HTTPFields = [
                .contentType: "application/octet-stream", .cacheControl: "no-store", .logSize: String(size),
                // A log only grows.
                .eTag: "\"\(size)-\(offset)-\(limit)\"",
            ]
            return Reply(.ok, headers: headers, body: .bytes(ByteBuffer(bytes: bytes)))
        }
    }
}

extension LogReader {
    /// The bytes from an offset on, also over the ends of compressed frames.
    fileprivate mutating func bytes(from offset: Int64, upTo limit: Int) throws(FarmError) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < limit {
            let piece = try bytes(from: offset + Int64(result.count), atMost: limit - result.count)
            if piece.isEmpty { break }
            result += piece
        }
        return result
    }
}

extension HTTPField.Name {
    /// The bytes that a log has now.
    static let logSize = HTTPField.Name("BF-Log-Size") ?? .contentRange
}
