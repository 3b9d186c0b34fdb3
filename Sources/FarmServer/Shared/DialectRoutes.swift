import FarmAPI
import FarmModel
import HTTPTypes

/// The dialects: all of them below `/api/v1`, each alone below a folder of its own.
struct DialectRoutes {
    let services: Services

    var routes: [Route] {
        let (melange, dsynth) = (MelangeRoutes(services: services), DsynthRoutes(services: services))
        let common = SharedRoutes(services: services).routes + melange.own + dsynth.own
        return common.map { $0.below("/api/v1") } + melange.routes.map { $0.alone(below: "/melange/api/v1") }
            + dsynth.routes.map { $0.alone(below: "/dsynth/api/v1") }
    }
}

extension Route {
    /// The same below a folder where its dialect stands alone; operations have unique ids.
    fileprivate func alone(below prefix: String) -> Route {
        var operation = operation
        operation.id += "Alone"
        return Route(method, prefix + path, operation, dialect: dialect, handler)
    }
}
