import FarmAPI
import FarmModel
import HTTPTypes
import Hummingbird

/// All routes: what the router, the description of the interface and the test of who may do what are made of.
struct RouteTable: Sendable {
    let routes: [Route]

    private static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace, .connect]

    /// The router for them. A known path answers every other method with 405.
    func router(_ gate: Gate) -> Router<FarmRequestContext> {
        let router = Router(context: FarmRequestContext.self)
        var known: [String: (pattern: RouterPath, methods: [HTTPRequest.Method], dialect: Route.Dialect)] = [:]
        for route in routes {
            let guarded = GuardedRoute(route: route, gate: gate)
            let responder = CallbackResponder<FarmRequestContext> { try await guarded.respond($0, $1) }
            router.on(route.pattern, method: route.method, responder: responder)
            var methods = [route.method]
            if route.method == .get {
                router.on(route.pattern, method: .head, responder: responder)
                methods.append(.head)
            }
            // Two templates of the same shape are one path to the router.
            known[route.pattern.shape, default: (route.pattern, [], route.dialect)].methods += methods
        }
        for (pattern, methods, dialect) in known.values {
            let allowed = methods.map(\.rawValue).joined(separator: ", ")
            for method in Self.methods where !methods.contains(method) {
                let responder = CallbackResponder<FarmRequestContext> { request, context in
                    try await gate.admit(request, context, to: nil)
                    var reply = dialect.reply(
                        Problem(405, "method_not_allowed", "this path knows only \(allowed)"), requestID: context.requestID)
                    reply.headers[.allow] = allowed
                    return reply.response
                }
                router.on(pattern, method: method, responder: responder)
            }
        }
        return router
    }
}

extension RouterPath {
    /// The path without the names of its parameters.
    fileprivate var shape: String {
        description.split(separator: "/").map { $0.hasPrefix("{") ? "{}" : String($0) }.joined(separator: "/")
    }
}
