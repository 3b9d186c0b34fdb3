import FarmAPI
import FarmModel
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// What every request passes first and every answer last: an id, the route, and the headers that all answers have.
struct Front: Sendable {
    let router: RouterResponder<FarmRequestContext>
    let gate: Gate
    let crossOrigin: CrossOrigin
    let requests: RequestMetrics
    let logger: Logger
    private let dates = DateText()

    /// What the router notes when no route matches; its own answer has no body.
    private static let noEndpoint = "NotFound"

    init(router: RouterResponder<FarmRequestContext>, gate: Gate, crossOrigin: CrossOrigin, requests: RequestMetrics, logger: Logger) {
        self.router = router
        self.gate = gate
        self.crossOrigin = crossOrigin
        self.requests = requests
        self.logger = logger
    }

    /// Answers a request on a connection.
    var answer: HTTPChannelHandler.Responder {
        { request, writer, channel in
            var context = FarmRequestContext(source: .init(channel: channel, logger: logger))
            let start = ContinuousClock.now
            requests.begin()
            // Clients with large bodies ask first; what is refused is answered before it has all come.
            if request.headers[.expect]?.lowercased() == "100-continue" {
                try await writer.writeInformationalHead(HTTPResponse(status: .continue))
            }
            var response = await respond(to: request, &context)
            crossOrigin.mark(&response, to: request)
            requests.end(
                route: context.coreContext.endpointPath.value ?? "", method: Self.known(request.method), status: response.status.code,
                seconds: (ContinuousClock.now - start) / .seconds(1))
            response.headers[.requestID] = context.requestID
            response.headers[.date] = dates.now
            response.headers[.server] = "bf-serve"
            if request.method == .head { response = response.createHeadResponse() }
            try await writer.write(response: response.head, body: response.body)
        }
    }

    /// A stranger may make up endlessly many methods.
    private static func known(_ method: HTTPRequest.Method) -> String {
        let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete]
        return known.contains(method) ? method.rawValue : "_OTHER"
    }

    private func respond(to request: Request, _ context: inout FarmRequestContext) async -> Response {
        if let preflight = crossOrigin.preflight(request) { return preflight }
        do {
            let response = try await router.respond(to: request, context: context)
            return context.coreContext.endpointPath.value == Self.noEndpoint ? await missing(request, context) : response
        } catch {
            logger.error("a request failed", metadata: ["request": "\(context.requestID)", "error": "\(error)"])
            return Reply.problem(Problem(any: error), requestID: context.requestID).response
        }
    }

    /// Who may not come in is not told what is there either.
    private func missing(_ request: Request, _ context: FarmRequestContext) async -> Response {
        let problem: Problem
        do throws(Problem) {
            try await gate.admit(request, context, to: .read)
            problem = Problem(404, "not_found", "there is nothing at \(request.uri.path); see /api/openapi.json for what there is")
        } catch { problem = error }
        return Route.Dialect(ofPath: request.uri.path).reply(problem, requestID: context.requestID).response
    }
}
