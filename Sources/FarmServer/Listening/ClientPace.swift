internal import NIOCore
internal import NIOHTTP1

/// How fast a request comes: a client that sends a byte now and then would keep its connection for ever. Time in which the server itself does
/// not read is not held against it.
struct ClientPace {
    /// Bytes that must come between two looks.
    let leastBytes: Int
    private var bytes = 0
    private var isAsked = true

    init(leastBytes: Int) { self.leastBytes = leastBytes }

    mutating func asked() { isAsked = true }

    mutating func received(_ part: HTTPServerRequestPart) {
        isAsked = false
        if case .body(let buffer) = part { bytes += buffer.readableBytes }
    }

    /// Whether too little has come since the last look.
    mutating func isTooSlow() -> Bool {
        defer { bytes = 0 }
        return isAsked && bytes < leastBytes
    }
}
