public import FarmModel

/// An error as a problem document (RFC 9457).
public struct Problem: Error, Sendable, Equatable {
    /// The HTTP status.
    public var status: Int
    /// A word that programs may rely on, for instance `not_found`.
    public var code: String
    /// One sentence that says what is wrong, where, and what to do next.
    public var detail: String
    /// Seconds after which trying again makes sense.
    public var retryAfterSeconds: Int?

    /// The exit status of a tool that ends with it; nil where the tool decides.
    public var exitStatus: ExitStatus?

    /// Creates a problem.
    public init(_ status: Int, _ code: String, _ detail: String, retryAfterSeconds: Int? = nil) {
        self.status = status
        self.code = code
        self.detail = detail
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// What a tool's error is over HTTP.
    public init(_ error: FarmError) {
        switch error.status {
        case .noInput: self.init(404, "not_found", error.message)
        case .badInput: self.init(422, "bad_input", error.message)
        case .usage: self.init(400, "bad_request", error.message)
        case .temporary: self.init(503, "try_again", error.message, retryAfterSeconds: 1)
        case .noPermission: self.init(403, "forbidden", error.message)
        case .unavailable: self.init(503, "unavailable", error.message)
        case .inputOutput, .cannotCreate: self.init(507, "storage", error.message)
        default: self.init(500, "internal", error.message)
        }
        exitStatus = error.status
    }

    /// The words that belong to the statuses we use (RFC 9110, RFC 6585).
    static let titles = [
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable",
        408: "Request Timeout", 409: "Conflict", 410: "Gone", 413: "Content Too Large", 415: "Unsupported Media Type",
        416: "Range Not Satisfiable", 422: "Unprocessable Content", 426: "Upgrade Required", 429: "Too Many Requests",
        500: "Internal Server Error", 501: "Not Implemented", 503: "Service Unavailable", 507: "Insufficient Storage",
    ]

    /// The document.
    public func json(requestID: String) -> JSONObject {
        var object: JSONObject = [
            "type": "about:blank", "title": .string(Self.titles[status] ?? "Error"), "status": .int(Int64(status)),
            "detail": .string(detail),
            "code": .string(code), "request_id": .string(requestID),
        ]
        object.add("exit_status", exitStatus.map { Int64($0.rawValue) })
        object.add("retry_after_s", retryAfterSeconds.map(Int64.init))
        return object
    }
}
