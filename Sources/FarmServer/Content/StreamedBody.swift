import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

extension Call {
    /// A body of unknown length that ends when it is done, when its client is gone, or when that has taken nothing for too long.
    /// - Parameter next: The next bytes, or nil at the end.
    func streamed<State: Sendable>(
        _ stalls: StallGuard, _ make: @escaping @Sendable () -> State, next: @escaping @Sendable (State) async throws -> ByteBuffer?
    ) -> ResponseBody {
        let (request, channel) = (request, context.channel)
        return ResponseBody { writer in
            try await request.body.consumeWithCancellationOnInboundClose { _ in
                let state = make()
                while let bytes = try await next(state) {
                    try Task.checkCancellation()
                    if bytes.readableBytes > 0 { try await stalls.guarding(channel) { try await writer.write(bytes) } }
                }
            }
            try await writer.finish(nil)
        }
    }
}
