import Synchronization

/// Counts requests and how long they took, by route and status.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        var route: String
        var method: String
        var status: Int
    }

    private struct State {
        var durations: [Key: Histogram] = [:]
        var active = 0
    }

    private let state = Mutex(State())
    private static let bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60]

    func begin() { state.withLock { $0.active += 1 } }

    /// - Parameter route: Its template: what is asked for is a stranger's text, of which there may be endlessly many.
    func end(route: String, method: String, status: Int, seconds: Double) {
        let key = Key(route: route, method: method, status: status)
        state.withLock { state in
            state.active -= 1
            state.durations[key, default: Histogram(Self.bounds)].add(seconds)
        }
    }

    func write(to text: inout MetricsText) {
        let state = state.withLock { $0 }
        text.begin("http_server_active_requests", .gauge, "Requests that are being answered.")
        text.add("http_server_active_requests", [], Double(state.active))
        text.begin("http_server_request_duration_seconds", .histogram, "From a request's head to the head of its answer.")
        for (key, histogram) in state.durations.sorted(by: { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }) {
            let labels = [
                ("http_route", key.route), ("http_request_method", key.method), ("http_response_status_code", String(key.status)),
            ]
            text.add("http_server_request_duration_seconds", labels, histogram)
        }
    }
}
