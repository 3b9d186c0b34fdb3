internal import FarmModel
public import NIOCore
public import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// Asks a daemon to turn a connection for HTTP into one for something else, and hands the connection over: `/grpc` and `/session` of dockerd's
/// BuildKit, and the standard input of containers.
///
/// The daemon's bytes may follow its answer at once. They are held until ``Upgraded/release()``, so that handlers can be added before.
public struct Upgrade: Sendable {
    /// The path, for instance `/grpc`.
    public var path: String
    /// What the connection becomes, `h2c` or `tcp`.
    public var upgradeProtocol: String
    /// Further headers.
    public var headers: HTTPHeaders
    /// How long connecting and the answer may take, in milliseconds.
    public var patience: Int64 = 30_000

    /// An upgrade at `path`.
    public init(path: String, to upgradeProtocol: String = "h2c", headers: HTTPHeaders = [:]) {
        self.path = path
        self.upgradeProtocol = upgradeProtocol
        self.headers = headers
    }

    /// Connects and upgrades.
    /// - Throws: `EngineError`.
    public func dial(_ address: EngineAddress) async throws(EngineError) -> Upgraded {
        do {
            return try await IdleWatch.run(limit: patience) { _ in
                let (channel, answer) = try await connect(address)
                do {
                    try await withTaskCancellationHandler {
                        try await answer.get()
                    } onCancel: {
                        channel.close(promise: nil)
                    }
                    return Upgraded(channel: channel)
                } catch {
                    try? await channel.close()
                    throw error
                }
            }
        } catch {
            throw EngineError(address: address.description, request: "POST \(path)", problem: problem(error))
        }
    }

    private func problem(_ cause: any Error) -> EngineError.Problem {
        switch cause {
        case let cause as UpgradeHandler.Refusal: .refused(status: cause.status, message: EngineError.line(cause.text))
        case is IdleWatch.Expired: .silent(seconds: Int(patience / 1_000))
        case is CancellationError: .cancelled
        case let error as FarmError: .local(error.message)
        default: .unreachable(ConnectionProblem.text(cause))
        }
    }

    private var request: String {
        var lines = ["POST \(path) HTTP/1.1", "Host: daemon", "Connection: Upgrade", "Upgrade: \(upgradeProtocol)", "Content-Length: 0"]
        // A line end in a value would begin another header.
        for (name, value) in headers { lines.append("\(name): \(value.filter { !$0.isNewline })") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    private func connect(_ address: EngineAddress) async throws -> (any Channel, EventLoopFuture<Void>) {
        let request = request
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let answer = loop.makePromise(of: Void.self)
        let context = try address.tls.map { try NIOSSLContext(configuration: try EngineTLS.configuration($0)) }
        let name = serverName(address)
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(.milliseconds(patience)).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                if let context { try channel.pipeline.syncOperations.addHandler(try Self.security(context, name)) }
                try channel.pipeline.syncOperations.addHandler(UpgradeHandler(request: request, done: answer))
            }
        }
        do {
            let channel =
                switch address.place {
                case .unix(let path): try await bootstrap.connect(unixDomainSocketPath: path).get()
                case .tcp(let host, let port):
                    try await bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1).connect(host: host, port: port).get()
                }
            return (channel, answer.futureResult)
        } catch {
            answer.fail(error)
            throw error
        }
    }

    /// The name that the certificate is checked for; an address is none that can be sent.
    private func serverName(_ address: EngineAddress) -> String? {
        guard case .tcp(let host, _) = address.place else { return nil }
        return address.tls?.serverName ?? host
    }

    private static func security(_ context: NIOSSLContext, _ name: String?) throws -> NIOSSLClientHandler {
        let isAddress = name.map { (try? SocketAddress(ipAddress: $0, port: 0)) != nil } ?? true
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : name)
    }
}

/// A connection that was handed over.
public struct Upgraded: Sendable {
    /// The connection.
    public let channel: any Channel

    /// Lets the daemon's bytes through, those that were held first. The handlers for them must be in the pipeline.
    public func release() async throws { try await UpgradeHandler.remove(from: channel) }
}
