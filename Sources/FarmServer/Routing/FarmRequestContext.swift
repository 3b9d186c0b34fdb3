import FarmModel
import HTTPTypes
import Hummingbird
import NIOCore

/// What goes with a request: where it came from, its id, and limits on its body.
struct FarmRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection, or the stream of one.
    let channel: any Channel
    /// Shown in every answer and log line about the request.
    let requestID: String
    /// Set once it is known.
    var caller: Caller?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        requestID = Self.newID()
    }

    /// Larger bodies are refused with 413; uploads have limits of their own.
    var maxUploadSize: Int { 10 << 20 }

    /// The address at the other end; nil for a Unix socket.
    var address: String? { (channel.parent ?? channel).remoteAddress?.ipAddress ?? channel.remoteAddress?.ipAddress }

    private static func newID() -> String {
        let number = UInt64.random(in: 0...UInt64.max)
        let text = String(number, radix: 16)
        return "req-" + String(repeating: "0", count: 16 - text.count) + text
    }
}
