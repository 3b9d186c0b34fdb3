import NIOCore
import NIOEmbedded
import Testing

@testable import EngineClient

@Suite struct UpgradeTests {
    private func handler(_ channel: EmbeddedChannel) throws -> (UpgradeHandler, EventLoopFuture<Void>) {
        let promise = channel.eventLoop.makePromise(of: Void.self)
        let handler = UpgradeHandler(request: "POST /grpc HTTP/1.1\r\n\r\n", done: promise)
        try channel.pipeline.syncOperations.addHandler(handler)
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/x")).wait()
        return (handler, promise.futureResult)
    }

    /// Settled or not, at this moment.
    private func outcome(_ future: EventLoopFuture<Void>) -> Result<Void, any Error>? {
        final class Box { var result: Result<Void, any Error>? }
        let box = Box()
        future.assumeIsolated().whenComplete { box.result = $0 }
        return box.result
    }

    @Test func earlyBytesAreHeldUntilTheyAreWanted() throws {
        let channel = EmbeddedChannel()
        let (handler, future) = try handler(channel)
        #expect(try channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) } == "POST /grpc HTTP/1.1\r\n\r\n")
        for piece in ["HTTP/1.1 101 UPGR", "ADED\r\nUpgrade: h2c\r\n\r", "\nearly"] {
            #expect(outcome(future) == nil)
            try channel.writeInbound(ByteBuffer(string: piece))
        }
        guard case .success = outcome(future) else {
            Issue.record("not upgraded")
            return
        }
        try channel.writeInbound(ByteBuffer(string: " bytes"))
        #expect(try channel.readInbound(as: ByteBuffer.self) == nil)
        let context = try channel.pipeline.syncOperations.context(handler: handler)
        channel.pipeline.syncOperations.removeHandler(context: context, promise: nil)
        #expect(try channel.readInbound(as: ByteBuffer.self).map { String(buffer: $0) } == "early bytes")
        try channel.writeInbound(ByteBuffer(string: "later"))
        #expect(try channel.readInbound(as: ByteBuffer.self).map { String(buffer: $0) } == "later")
    }

    @Test func aRefusalSaysWhy() throws {
        let channel = EmbeddedChannel()
        let (_, future) = try handler(channel)
        try channel.writeInbound(ByteBuffer(string: "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope"))
        guard case .failure(let error) = outcome(future), let refusal = error as? UpgradeHandler.Refusal else {
            Issue.record("not refused")
            return
        }
        #expect(refusal.status == 404 && refusal.text == "nope")
    }

    @Test func anEndlessHeadIsRefused() throws {
        let channel = EmbeddedChannel()
        let (_, future) = try handler(channel)
        try channel.writeInbound(ByteBuffer(string: String(repeating: "x", count: 70_000)))
        guard case .failure(let error) = outcome(future) else {
            Issue.record("not refused")
            return
        }
        #expect(error is UpgradeHandler.Refusal)
    }

    @Test func anEndBeforeTheAnswerIsAnError() throws {
        let channel = EmbeddedChannel()
        let (_, future) = try handler(channel)
        channel.pipeline.fireChannelInactive()
        guard case .failure = outcome(future) else {
            Issue.record("no error")
            return
        }
    }
}
