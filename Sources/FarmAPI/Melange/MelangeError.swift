public import FarmModel

/// An error as the melange services answer it: one line of plain text.
public struct MelangeError: Error, Sendable, Equatable {
    /// The content type of all errors.
    public static let contentType = "text/plain; charset=utf-8"
    /// The largest body of a request, in bytes.
    public static let bodyLimit = 10 << 20

    /// The HTTP status.
    public var status: Int
    /// The message, without the line feed that ends the answer.
    public var text: String

    /// Creates an error.
    public init(_ status: Int, _ text: String) {
        self.status = status
        self.text = text
    }

    /// What a problem of the server, for instance a missing token, is here.
    public init(_ problem: Problem) {
        switch problem.status {
        case 405: self = .methodNotAllowed
        case 413: self = .bodyTooLarge
        default: self.init(problem.status, problem.detail)
        }
    }

    /// The body of the answer.
    public var body: [UInt8] { Array((text + "\n").utf8) }

    /// The method is none that the path knows.
    public static let methodNotAllowed = MelangeError(405, "method not allowed")
    /// A body beyond ``bodyLimit``.
    public static let bodyTooLarge = MelangeError(413, "request body too large (max 10MB)")
    /// A path that ends where an id should stand.
    public static let jobIDRequired = MelangeError(400, "job ID required")
    /// A path that ends where an id should stand.
    public static let buildIDRequired = MelangeError(400, "build ID required")

    /// No job has this id.
    public static func jobNotFound(_ id: String) -> MelangeError { MelangeError(404, "job not found: \(id)") }
    /// No build has this id.
    public static func buildNotFound(_ id: String) -> MelangeError { MelangeError(404, "build not found: \(id)") }
    /// A job could not be stored.
    public static func creatingJob(_ error: FarmError) -> MelangeError {
        MelangeError(status(of: error), "failed to create job: \(error.message)")
    }
    /// A build could not be stored.
    public static func creatingBuild(_ error: FarmError) -> MelangeError {
        MelangeError(status(of: error), "failed to create build: \(error.message)")
    }
    /// The repository of a build could not be read.
    public static func loadingConfigs(_ reason: String) -> MelangeError {
        MelangeError(400, "failed to load configs from git: \(reason)")
    }

    /// What is not the client's fault is the server's, as far as these clients go; a full queue is worth a second try.
    private static func status(of error: FarmError) -> Int {
        switch error.status {
        case .badInput, .usage, .noInput: 400
        case .temporary: 503
        default: 500
        }
    }

    static func body(_ fault: RequestObject.Fault) -> MelangeError { MelangeError(400, "invalid request body: \(fault.reason)") }

    /// Reads a body; what is wrong with it becomes the services' error.
    static func reading<T>(_ body: () throws(RequestObject.Fault) -> T) throws(MelangeError) -> T {
        do throws(RequestObject.Fault) { return try body() } catch { throw .body(error) }
    }

    /// The architecture of a request; an empty word is none.
    static func architecture(_ name: String?, usual: Architecture) throws(MelangeError) -> Architecture {
        guard let name, !name.isEmpty else { return usual }
        if let architecture = Architecture(name) { return architecture }
        throw MelangeError(
            400, "unknown architecture \(JSONValue.string(name).text): known are \(Architecture.names.joined(separator: ", "))")
    }
}
