internal import FarmModel

/// A loopback host and a port.
struct ListenAddress: Equatable {
    var host: String
    var port: Int

    /// Reads `HOST:PORT`.
    /// - Throws: `usage` for anything else, and for a host that is not loopback.
    init(_ text: String) throws(FarmError) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port) else {
            throw FarmError(.usage, "--listen-addr \(text): expected HOST:PORT, for instance 127.0.0.1:8080")
        }
        let host = text[..<colon].filter { $0 != "[" && $0 != "]" }
        let isLoopback = host == "localhost" || host == "::1" || (host.hasPrefix("127.") && host.split(separator: ".").count == 4)
        guard isLoopback else {
            throw FarmError(.usage, "--listen-addr \(text): only loopback addresses can be listened on, as there is no authentication yet")
        }
        self.host = host
        self.port = port
    }

    /// The host as it stands in a URL.
    var shownHost: String { host.contains(":") ? "[\(host)]" : host }
}
