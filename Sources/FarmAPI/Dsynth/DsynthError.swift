public import FarmModel

/// An error in go-dsynth's format.
public struct DsynthError: Error, Sendable, Equatable {
    /// What programs go by.
    public enum Code: String, Sendable, CaseIterable {
        case buildNotFound = "BUILD_NOT_FOUND"
        case packageNotFound = "PACKAGE_NOT_FOUND"
        case workerNotFound = "WORKER_NOT_FOUND"
        case queueEntryNotFound = "QUEUE_ENTRY_NOT_FOUND"
        case profileNotFound = "PROFILE_NOT_FOUND"
        case artifactNotFound = "ARTIFACT_NOT_FOUND"
        case notFound = "NOT_FOUND"
        case invalidRequest = "INVALID_REQUEST"
        case tooLarge = "REQUEST_TOO_LARGE"
        case unauthorized = "UNAUTHORIZED"
        case forbidden = "FORBIDDEN"
        case conflict = "CONFLICT"
        case methodNotAllowed = "METHOD_NOT_ALLOWED"
        case rateLimited = "RATE_LIMITED"
        case unavailable = "UNAVAILABLE"
        case internalError = "INTERNAL_ERROR"

        /// The HTTP status.
        public var status: Int {
            switch self {
            case .buildNotFound, .packageNotFound, .workerNotFound, .queueEntryNotFound, .profileNotFound, .artifactNotFound, .notFound: 404
            case .invalidRequest: 400
            case .tooLarge: 413
            case .unauthorized: 401
            case .forbidden: 403
            case .conflict: 409
            case .methodNotAllowed: 405
            case .rateLimited: 429
            case .unavailable: 503
            case .internalError: 500
            }
        }
    }

    /// What programs go by.
    public var code: Code
    /// What people read.
    public var message: String
    /// More, by keys that depend on the code.
    public var details: JSONObject

    /// Creates an error.
    public init(_ code: Code, _ message: String, details: JSONObject = [:]) {
        self.code = code
        self.message = message
        self.details = details
    }

    /// What a tool's error is here.
    public init(_ error: FarmError) {
        switch error.status {
        case .noInput: self.init(.notFound, error.message)
        case .badInput, .usage: self.init(.invalidRequest, error.message)
        case .noPermission: self.init(.forbidden, error.message)
        case .temporary, .unavailable: self.init(.unavailable, error.message)
        default: self.init(.internalError, error.message)
        }
    }

    /// What a problem of the server, for instance a missing token, is here.
    public init(_ problem: Problem) {
        let code: Code =
            switch problem.status {
            case 401: .unauthorized
            case 403: .forbidden
            case 404: .notFound
            case 405: .methodNotAllowed
            case 409: .conflict
            case 413: .tooLarge
            case 429: .rateLimited
            case 503: .unavailable
            case 400..<500: .invalidRequest
            default: .internalError
            }
        self.init(code, problem.detail)
        details.add("retry_after_s", problem.retryAfterSeconds.map(Int64.init))
    }

    /// No build has this id.
    public static func buildNotFound(_ id: String) -> DsynthError { DsynthError(.buildNotFound, "Build with ID \(id) not found") }
    /// No package has this name.
    public static func packageNotFound(_ name: String) -> DsynthError { DsynthError(.packageNotFound, "Package \(name) not found") }
    /// No worker has this number.
    public static func workerNotFound(_ id: String) -> DsynthError { DsynthError(.workerNotFound, "Worker \(id) not found") }
    /// Nothing in the queue has this id.
    public static func queueEntryNotFound(_ id: String) -> DsynthError {
        DsynthError(.queueEntryNotFound, "Queue entry \(id) not found")
    }
    /// A build that has nothing to download.
    public static func artifactNotFound(_ id: String) -> DsynthError { DsynthError(.artifactNotFound, "Build \(id) has no package file") }

    static func reading<T>(_ body: () throws(RequestObject.Fault) -> T) throws(DsynthError) -> T {
        do throws(RequestObject.Fault) { return try body() } catch {
            throw DsynthError(.invalidRequest, "Invalid JSON: \(error.reason)")
        }
    }
}
