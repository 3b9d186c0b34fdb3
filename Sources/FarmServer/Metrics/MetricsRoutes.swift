import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// `/metrics`, for Prometheus and what reads its format.
struct MetricsRoutes {
    let services: Services

    var routes: [Route] {
        let services = services
        let operation = Operation(
            "getMetrics", "Metrics in Prometheus' text format", role: .read, answers: [.bytes("The metrics.", "text/plain")])
        return [
            Route(.get, "/metrics", operation) { _ in
                try await offloaded { () throws(FarmError) in
                    var text = MetricsText()
                    try services.metrics.write(to: &text)
                    services.requests.write(to: &text)
                    text.begin("bf_event_subscribers", .gauge, "Clients that watch events.")
                    text.add("bf_event_subscribers", [], Double(services.hub.subscribers))
                    return .text(.ok, text.text, type: "text/plain; version=0.0.4; charset=utf-8")
                }
            }
        ]
    }
}
