internal import GRPCNIOTransportHTTP2Posix
internal import NIOCore
internal import NIOEmbedded
internal import NIOPosix

/// Gives a gRPC server one connection that is open already, where it would listen for others.
struct TunnelListener: HTTP2ServerTransport.ListenerFactory {
    typealias ConnectionChannel = HTTP2ServerTransport.ConnectionConfigurator.ConnectionChannel
    typealias Configure = @Sendable (any Channel) -> EventLoopFuture<ConnectionChannel>

    let eventLoopGroup: any EventLoopGroup = NIOSingletons.posixEventLoopGroup
    private let listener = NIOAsyncTestingChannel()
    private let configurators = AsyncStream.makeStream(of: HTTP2ServerTransport.ConnectionConfigurator.self)

    func makeListeningChannel(
        listenerConfigurator: HTTP2ServerTransport.ListenerConfigurator,
        connectionConfigurator: HTTP2ServerTransport.ConnectionConfigurator
    ) async throws -> NIOAsyncChannel<ConnectionChannel, Never> {
        let listener = listener
        let wrapped = try await listener.testingEventLoop.submit {
            try NIOAsyncChannel<ConnectionChannel, Never>(wrappingChannelSynchronously: listener)
        }.get()
        try await listener.connect(to: SocketAddress(unixDomainSocketPath: "/session")).get()
        configurators.continuation.yield(connectionConfigurator)
        configurators.continuation.finish()
        return wrapped
    }

    /// Makes the connection, once the server is ready for it, and gives it to the server. May be called once.
    /// - Parameter connect: opens the channel, and has it configured before anything comes in.
    func accept(_ connect: (@escaping Configure) async throws -> ConnectionChannel) async throws {
        var iterator = configurators.stream.makeAsyncIterator()
        guard let configurator = await iterator.next() else { throw ChannelError.alreadyClosed }
        let connection = try await connect { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(PingShield(isServer: true))
            }.flatMap { configurator.configure(channel: channel, tls: .none) }
        }
        try await listener.writeInbound(connection)
    }

    /// Ends the listening; only when the connection is closed.
    func close() async { try? await listener.close() }
}
