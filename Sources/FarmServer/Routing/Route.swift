import FarmAPI
import FarmModel
import HTTPTypes
import Hummingbird

/// One thing that can be asked for: how it is described and who may, and what answers it.
struct Route: Sendable {
    typealias Handler = @Sendable (Call) async throws -> Reply

    /// How errors look: each dialect's clients know their own.
    enum Dialect: String, Sendable {
        case native
        case melange
        case dsynth
    }

    let method: HTTPRequest.Method
    /// For instance `/api/v1/native/builds/{build}`; `{path...}` at the end matches the rest with its slashes.
    let path: String
    let operation: Operation
    let dialect: Dialect
    let handler: Handler

    init(_ method: HTTPRequest.Method, _ path: String, _ operation: Operation, dialect: Dialect = .native, _ handler: @escaping Handler) {
        self.method = method
        self.path = path
        self.operation = operation
        self.dialect = dialect
        self.handler = handler
    }

    /// The path as the router's library writes it.
    var pattern: RouterPath {
        RouterPath(path.split(separator: "/").map { $0.hasSuffix("...}") ? "**" : String($0) }.joined(separator: "/"))
    }

    /// The same below another folder.
    func below(_ prefix: String) -> Route { Route(method, prefix + path, operation, dialect: dialect, handler) }
}
