import FarmModel
import HostSystem
import NIOCore
import NIOPosix
import Testing

@testable import EngineClient

/// A daemon that accepts connections and answers with fixed bytes, to reads perhaps others, or never.
private final class FixedServer: Sendable {
    let channel: any Channel
    let path: String

    init(_ answer: String?, toReads read: String? = nil) async throws {
        path = "\(Files.temporaryFolder)/bf-engine-\(RandomBytes.hexadecimal(6)).sock"
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                if let answer { try channel.pipeline.syncOperations.addHandler(Answering(answer, read ?? answer)) }
            }
        }.bind(unixDomainSocketPath: path).get()
    }

    deinit {
        channel.close(promise: nil)
        try? Files.removeFile(path)
    }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let answer: String
        private let read: String

        init(_ answer: String, _ read: String) { (self.answer, self.read) = (answer, read) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let isRead = unwrapInboundIn(data).readableBytesView.starts(with: "GET ".utf8)
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: isRead ? read : answer)), promise: nil)
        }
    }
}

@Suite struct DeadlineTests {
    /// For answers that come: on a busy machine whoever asks may find them and the end of the usual time at once.
    private static let patience: Int64 = 600_000

    private func failure(_ answer: String?, _ body: (EngineClient) async throws(EngineError) -> Void) async throws -> EngineError.Problem {
        let server = try await FixedServer(answer)
        let client = try EngineClient(try EngineAddress("unix://\(server.path)"))
        do throws(EngineError) { try await body(client) } catch { return error.problem }
        Issue.record("no failure")
        return .cancelled
    }

    @Test func silenceEnds() async throws {
        let problem = try await failure(nil) { client throws(EngineError) in try await client.ping(patience: 300) }
        #expect(problem == .silent(seconds: 0))
    }

    @Test func anAnswerThatStopsInTheMiddleEnds() async throws {
        let problem = try await failure("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf") { client throws(EngineError) in
            _ = try await client.version(patience: 300)
        }
        #expect(problem == .silent(seconds: 0))
    }

    @Test func upgradesEndToo() async throws {
        let server = try await FixedServer(nil)
        var upgrade = Upgrade(path: "/grpc")
        upgrade.patience = 300
        await #expect(throws: EngineError.self) { try await upgrade.dial(try EngineAddress("unix://\(server.path)")) }
    }

    @Test func nonsenseAndRefusals() async throws {
        let refused = try await failure("HTTP/1.1 500 No\r\nContent-Length: 17\r\n\r\n{\"message\":\"why\"}") {
            client throws(EngineError) in
            try await client.ping(patience: Self.patience)
        }
        #expect(refused == .refused(status: 500, message: "why"))
        let nonsense = try await failure("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]") { client throws(EngineError) in
            _ = try await client.version(patience: Self.patience)
        }
        #expect(nonsense == .notUnderstood("it is no object"))
        let other = try await failure("SSH-2.0-OpenSSH\r\n") { client throws(EngineError) in try await client.ping(patience: Self.patience)
        }
        guard case .unreachable = other else {
            Issue.record("\(other)")
            return
        }
    }

    /// Podman's answer to a signal for a container that has just ended.
    @Test(arguments: [(running: false, isRefused: false), (true, true)])
    func aContainerThatCannotBeKilledMayHaveEnded(running: Bool, isRefused: Bool) async throws {
        let words = #"{"message":"can only kill running containers. c is in state exited: container state improper"}"#
        let state = #"{"ApiVersion":"1.41","State":{"Running":\#(running)}}"#
        let server = try await FixedServer(
            "HTTP/1.1 500 No\r\nContent-Length: \(words.utf8.count)\r\n\r\n\(words)",
            toReads: "HTTP/1.1 200 OK\r\nContent-Length: \(state.utf8.count)\r\n\r\n\(state)")
        let client = try EngineClient(try EngineAddress("unix://\(server.path)"))
        _ = try await client.daemon(patience: Self.patience)
        var failure: EngineError.Problem?
        do throws(EngineError) { try await client.killContainer("c", patience: Self.patience) } catch { failure = error.problem }
        let refusal = "can only kill running containers. c is in state exited: container state improper"
        #expect(failure == (isRefused ? .refused(status: 500, message: refusal) : nil))
    }

    @Test func nobodyThere() async throws {
        let client = try EngineClient(try EngineAddress("unix:///nonexistent/socket"))
        await #expect(throws: EngineError.self) { try await client.ping() }
    }
}
