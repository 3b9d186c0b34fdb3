internal import NIOHTTP1

/// Whether a request asks for a WebSocket as RFC 6455 section 4.1 has it, and so that the library makes one of it.
enum WebSocketRules {
    static func areKept(by head: HTTPRequestHead) -> Bool {
        let headers = head.headers
        return head.method == .GET && !headers.contains(name: "content-length") && !headers.contains(name: "transfer-encoding")
            && headers[canonicalForm: "upgrade"].map { $0.lowercased() } == ["websocket"]
            && headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
            && headers["sec-websocket-version"] == ["13"] && headers["sec-websocket-key"].count == 1
    }
}
