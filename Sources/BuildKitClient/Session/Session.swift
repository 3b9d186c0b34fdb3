internal import EngineClient
internal import GRPCCore
internal import GRPCNIOTransportHTTP2Posix
internal import Glibc
internal import HostSystem
internal import NIOCore
internal import NIOPosix
internal import SwiftProtobuf

/// Serves a daemon what its builds need from here: a gRPC server, whose one connection is the byte stream of a call to the daemon.
public final class Session: Sendable {
    /// Names the session in builds.
    public let identifier: String
    private let listener: TunnelListener
    private let near: any Channel
    private let export: ExportWatch
    private let serving: Task<Void, Never>
    private let pump: Task<Void, Never>

    private static let portion = 1 << 20
    private static let methods = [
        "/grpc.health.v1.Health/Check", "/moby.filesync.v1.FileSync/DiffCopy", "/moby.filesync.v1.FileSend/DiffCopy",
        "/moby.filesync.v1.Auth/Credentials", "/moby.buildkit.secrets.v1.Secrets/GetSecret",
    ]

    /// Opens a session on a connection.
    static func open(_ content: SessionContent, on connection: Connection) async throws -> Session {
        let identifier = RandomBytes.hexadecimal(16)
        let listener = TunnelListener()
        let export = ExportWatch()
        let server = GRPCServer(
            transport: HTTP2ServerTransport.Custom(listenerFactory: listener, config: config), services: services(content, export))
        // Never cancelled: a stream that begins after that would be dropped unfinished, which NIO takes for a mistake and traps.
        let serving = Task { _ = try? await server.serve() }
        let (nearEnd, farEnd) = try socketPair()
        let loop = NIOSingletons.posixEventLoopGroup.any()
        let opened = ChannelBox()
        try await listener.accept { configure in
            let configured = loop.makePromise(of: TunnelListener.ConnectionChannel.self)
            do {
                let channel = try await ClientBootstrap(group: loop).channelInitializer { channel in
                    let future = configure(channel)
                    future.cascade(to: configured)
                    return future.map { _ in }
                }.withConnectedSocket(nearEnd.release()).get()
                opened.set(channel)
            } catch {
                configured.fail(error)
            }
            return try await configured.futureResult.get()
        }
        guard let near = opened.channel else { throw ChannelError.alreadyClosed }
        let far = try await ClientBootstrap(group: loop).channelOption(.allowRemoteHalfClosure, value: true)
            .withConnectedSocket(farEnd.release()) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let metadata = metadata(identifier, content.sharedKey)
        let pump = Task { await Self.pump(far, connection, metadata) }
        return Session(identifier, listener, near, export, serving, pump)
    }

    private init(
        _ identifier: String, _ listener: TunnelListener, _ near: any Channel, _ export: ExportWatch, _ serving: Task<Void, Never>,
        _ pump: Task<Void, Never>
    ) {
        self.identifier = identifier
        self.listener = listener
        self.near = near
        self.export = export
        self.serving = serving
        self.pump = pump
    }

    /// Waits until the result that the daemon has sent is taken as a whole.
    /// - Parameter patience: how long the daemon may take to begin, in milliseconds.
    /// - Returns: whether it has sent any.
    func finishExport(patience: Int64) async throws -> Bool { try await export.wait(patience: patience) }

    /// Ends the session, in the one order that is safe: the connection, the listening, the call to the daemon, the server.
    public func close() async {
        try? await near.close().get()
        await listener.close()
        pump.cancel()
        await pump.value
        await serving.value
    }

    private static var config: HTTP2ServerTransport.Custom<TunnelListener>.Config {
        var config = HTTP2ServerTransport.Custom<TunnelListener>.Config.defaults
        config.http2.targetWindowSize = 4 << 20
        config.rpc.maxRequestPayloadSize = 16 << 20
        config.connection.keepalive.clientBehavior.minPingIntervalWithoutCalls = .zero
        config.connection.keepalive.clientBehavior.allowWithoutCalls = true
        return config
    }

    private static func services(_ content: SessionContent, _ export: ExportWatch) -> [any RegistrableRPCService] {
        [
            HealthService(), SecretsService(secrets: content.secrets), CredentialsService(credentials: content.credentials),
            UploadService(folders: content.folders), ExportService(destination: content.destination, watch: export),
        ]
    }

    private static func metadata(_ identifier: String, _ sharedKey: String) -> Metadata {
        var metadata = Metadata()
        metadata.addString(identifier, forKey: "x-docker-expose-session-uuid")
        metadata.addString("bf", forKey: "x-docker-expose-session-name")
        metadata.addString(sharedKey, forKey: "x-docker-expose-session-sharedkey")
        for method in methods { metadata.addString(method, forKey: "x-docker-expose-session-grpc-method") }
        return metadata
    }

    /// Carries bytes between the server's connection and the daemon until one of them ends.
    private static func pump(_ far: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ connection: Connection, _ metadata: Metadata) async {
        try? await far.executeThenClose { inbound, outbound in
            try await connection.control.session(metadata: metadata) { writer in
                var pace = WritePace()
                for try await var buffer in inbound {
                    while let slice = buffer.readSlice(length: min(buffer.readableBytes, portion)), slice.readableBytes > 0 {
                        try await writer.write(.with { $0.data = slice.protobuf })
                        try await pace.note(slice.readableBytes)
                    }
                }
            } onResponse: { response in
                var pace = WritePace()
                for try await message in response.messages {
                    try await outbound.write(ByteBuffer(protobuf: message.data))
                    try await pace.note(message.data.count)
                }
            }
        }
    }

    private static func socketPair() throws -> (Descriptor, Descriptor) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw SystemError(code: errno, attempt: "create a pair of sockets")
        }
        return (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
    }
}
