internal import EngineClient
internal import FarmModel
internal import GRPCNIOTransportHTTP2Posix
internal import NIOCore
internal import NIOPosix

/// Makes connections to one daemon, over which gRPC is spoken.
struct Dialler: Sendable {
    typealias Configured = HTTP2ClientTransport.WrappedChannel.ConfiguredChannel
    typealias Configure = @Sendable (any Channel) -> EventLoopFuture<Configured>

    let endpoint: Endpoint
    let tls: ClientTLS?
    let patience: Patience

    /// - Throws: `configuration` if the files for TLS cannot be used.
    init(_ endpoint: Endpoint, tls files: BackendTLS?, patience: Patience) throws(FarmError) {
        self.endpoint = endpoint
        self.patience = patience
        var tls: ClientTLS?
        if let files, case .tcp(let host, _) = endpoint.place {
            tls = try ClientTLS(files, host: host, protocol: endpoint.upgrade == nil ? "h2" : "http/1.1")
        }
        self.tls = tls
    }

    /// A connection, and the channel under it.
    func dial() async throws(BuildKitError) -> (transport: HTTP2ClientTransport.WrappedChannel, channel: any Channel) {
        var config = HTTP2ClientTransport.WrappedChannel.Config.defaults
        config.http2.authority = "localhost"
        config.http2.targetWindowSize = 4 << 20
        config.connection.maxIdleTime = nil
        let deadline = NIODeadline.now() + .milliseconds(patience.dial)
        let opened = ChannelBox()
        do {
            let transport = try await HTTP2ClientTransport.WrappedChannel.wrapping(config: config) { configure in
                let configured = try await connect(configure, until: deadline)
                opened.set(configured.channel)
                return configured
            }
            guard let channel = opened.channel else { throw ChannelError.alreadyClosed }
            return (transport, channel)
        } catch {
            throw BuildKitError(
                .unreachable,
                "\(endpoint.address): no connection\(endpoint.socketText): \(Self.text(error)); look whether the daemon runs there")
        }
    }

    private func connect(_ configure: @escaping Configure, until deadline: NIODeadline) async throws -> Configured {
        switch endpoint.upgrade {
        case nil: return try await connect(configure)
        case .embedded:
            let request = Self.request("POST /grpc", upgrade: "h2c")
            return try await connect(configure, after: request, until: deadline)
        case .container(let name):
            let exec = try await EngineCommand(container: name, open: { request in try await exchange(request, until: deadline) })
                .identifier()
            let body = #"{"Detach":false,"Tty":false}"#
            let request = Self.request("POST /v1.41/exec/\(exec)/start", upgrade: "tcp", body: body)
            return try await connect(configure, after: request, until: deadline) { StreamDemultiplexer() }
        }
    }

    /// A connection that speaks gRPC from its first byte.
    private func connect(_ configure: @escaping Configure) async throws -> Configured {
        let loop = NIOSingletons.posixEventLoopGroup.any()
        let configured = loop.makePromise(of: Configured.self)
        do {
            _ = try await open(on: loop) { channel in
                try channel.pipeline.syncOperations.addHandler(PingShield(isServer: false))
                configure(channel).cascade(to: configured)
            }
        } catch {
            configured.fail(error)
            throw error
        }
        return try await configured.futureResult.get()
    }

    /// A connection that an HTTP server hands over.
    private func connect(
        _ configure: @escaping Configure, after request: String, until deadline: NIODeadline,
        decoder: (@Sendable () -> StreamDemultiplexer)? = nil
    ) async throws -> Configured {
        let channel = try await upgrade(request, until: deadline)
        do {
            try await channel.eventLoop.submit {
                if let decoder { try channel.pipeline.syncOperations.addHandler(decoder()) }
                try channel.pipeline.syncOperations.addHandler(PingShield(isServer: false))
            }.get()
            let configured = try await configure(channel).get()
            try await UpgradeHandler.remove(from: channel)
            return configured
        } catch {
            channel.close(promise: nil)
            throw error
        }
    }

    private func upgrade(_ request: String, until deadline: NIODeadline) async throws -> any Channel {
        let loop = NIOSingletons.posixEventLoopGroup.any()
        let done = loop.makePromise(of: Void.self)
        let alarm = loop.scheduleTask(deadline: deadline) { done.fail(ChannelError.connectTimeout(.milliseconds(patience.dial))) }
        defer { alarm.cancel() }
        let channel: any Channel
        do {
            channel = try await open(on: loop) { channel in
                try channel.pipeline.syncOperations.addHandler(UpgradeHandler(request: request, done: done))
            }
        } catch {
            done.fail(error)
            throw error
        }
        do { try await done.futureResult.get() } catch {
            channel.close(promise: nil)
            throw error
        }
        return channel
    }

    /// One request of HTTP on a connection of its own, and everything that comes back.
    private func exchange(_ request: String, until deadline: NIODeadline) async throws -> String {
        let loop = NIOSingletons.posixEventLoopGroup.any()
        let answer = loop.makePromise(of: String.self)
        let alarm = loop.scheduleTask(deadline: deadline) { answer.fail(ChannelError.connectTimeout(.milliseconds(patience.dial))) }
        defer { alarm.cancel() }
        do {
            let channel = try await open(on: loop) { channel in
                try channel.pipeline.syncOperations.addHandler(WholeAnswer(request: request, answer: answer))
            }
            answer.futureResult.whenComplete { _ in channel.close(promise: nil) }
        } catch {
            answer.fail(error)
        }
        return try await answer.futureResult.get()
    }

    private func open(on loop: any EventLoop, _ prepare: @escaping @Sendable (any Channel) throws -> Void) async throws -> any Channel {
        let tls = tls
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(.milliseconds(patience.dial)).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                if let tls { try channel.pipeline.syncOperations.addHandler(tls.handler()) }
                try prepare(channel)
            }
        }
        switch endpoint.place {
        case .unix(let path): return try await bootstrap.connect(unixDomainSocketPath: path).get()
        case .tcp(let host, let port):
            return try await bootstrap.channelOption(.socketOption(.tcp_nodelay), value: 1).connect(host: host, port: port).get()
        }
    }

    /// A request of HTTP/1.1 that asks for the connection.
    static func request(_ line: String, upgrade: String, body: String = "") -> String {
        "\(line) HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: \(upgrade)\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    static func text(_ error: any Error) -> String {
        switch error {
        case let refusal as UpgradeHandler.Refusal: "the answer was \(refusal.status) \(refusal.text)"
        default: ConnectionProblem.text(error)
        }
    }
}
