internal import FarmModel
public import NIOCore
internal import NIOHTTP1

/// One request to a daemon.
struct EngineRequest: Sendable {
    /// What is to be done, in HTTP's words.
    enum Method: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    /// What is sent with it.
    enum Body: Sendable {
        case none
        case json(JSONObject)
        /// An archive, piece by piece.
        case archive(any ByteStream)
    }

    /// The usual time for an answer, in milliseconds; starting and removing containers takes daemons under load many seconds.
    static let usualPatience: Int64 = 60_000

    var method: Method
    /// Below the version, for instance `/containers/json`.
    var path: String
    var query: [(name: String, value: String)] = []
    var headers: HTTPHeaders = [:]
    var body = Body.none
    /// How long nothing may happen, in milliseconds; nil for ever.
    var patience: Int64? = Self.usualPatience
    /// Whether the path has no version before it.
    var isUnversioned = false

    /// Method and path, for messages.
    var summary: String { "\(method.rawValue) \(path)" }
}

/// Bytes that are made as they are taken.
public protocol ByteStream: Sendable {
    /// The next piece; nil after the last. Called by one task only.
    func next() async throws -> ByteBuffer?
}
