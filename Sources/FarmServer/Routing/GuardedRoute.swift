import FarmAPI
import FarmModel
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTP1

/// A route behind its gate: who may not is turned away, what goes wrong becomes an answer in the route's own form.
struct GuardedRoute: Sendable {
    let route: Route
    let gate: Gate

    func respond(_ request: Request, _ context: FarmRequestContext) async throws -> Response {
        do {
            let caller = try await gate.admit(request, context, to: route.operation.role)
            if route.dialect == .native { try checkQuery(of: request) }
            let reply = try await route.handler(Call(request: request, context: context, caller: caller))
            let finish = ReplyFinish(request: request)
            return try await offloaded(ifLarge: reply.knownSize) { () throws(FarmError) in finish.finish(reply) }.response
        } catch let error as CancellationError {
            throw error
        } catch {
            let reply = route.dialect.reply(to: error, requestID: context.requestID)
            return BasicCredential.asked(for: reply, path: request.uri.path).response
        }
    }

    /// A misspelt filter would silently show everything.
    private func checkQuery(of request: Request) throws(Problem) {
        guard request.uri.query != nil else { return }
        for (name, _) in request.uri.queryParameters where !route.operation.query.contains(where: { $0.name == name }) {
            let names = route.operation.query.map(\.name)
            throw Problem(
                400, "unknown_parameter",
                "\(JSONValue.string(String(name)).text) is no parameter here"
                    + (names.isEmpty ? "; there are none" : "; there are \(names.joined(separator: ", "))"))
        }
    }
}

extension Problem {
    /// What any error is over HTTP. What is not ours is not shown: it may tell more than it should.
    init(any error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as FarmError: self.init(error)
        case is HTTPParserError: self.init(400, "bad_request", "the body does not come as HTTP/1.1 has it")
        case is NIOTooManyBytesError: self.init(413, "too_large", "the body is too large")
        case let error as HTTPError: self.init(error.status.code, "http", error.body ?? error.status.reasonPhrase)
        default: self.init(500, "internal", "something went wrong in the server; its log has more")
        }
    }
}
