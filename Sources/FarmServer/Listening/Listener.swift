internal import HostSystem
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOExtras
internal import NIOPosix

/// An open listening socket: takes connections until it is told to stop.
struct Listener<Child: ServerChildChannel>: Sendable {
    let child: Child
    let socket: NIOAsyncChannel<Child.Value, Never>
    let quiescing: ServerQuiescingHelper

    /// Without keys whoever connects owns the farm: that is its user. Others come in through a socket of systemd, whose mode is configured.
    private static var socketMode: UInt32 { 0o600 }

    /// Opens the socket.
    /// - Throws: What the system says, for instance that the address is in use.
    static func open(_ address: ListenAddress, child: Child, limits: ConnectionLimits, logger: Logger) async throws -> Listener {
        let group = MultiThreadedEventLoopGroup.singleton
        let quiescing = ServerQuiescingHelper(group: group)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ConnectionGauge(limit: limits.connections))
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
        let setup: @Sendable (any Channel) -> EventLoopFuture<Child.Value> = { child.setup(channel: $0, logger: logger) }
        let socket =
            switch address {
            case .port(let host, let port): try await bootstrap.bind(host: host, port: port, childChannelInitializer: setup)
            case .unix(let path):
                try await bootstrap.bind(
                    UnixSocket.listen(at: path, mode: socketMode).release(), childChannelInitializer: setup)
            case .inherited(let descriptor, _): try await bootstrap.bind(descriptor, childChannelInitializer: setup)
            }
        return Listener(child: child, socket: socket, quiescing: quiescing)
    }

    /// Serves connections until ``stop()`` and the end of the last one.
    func serve(logger: Logger) async {
        await withDiscardingTaskGroup { group in
            do {
                try await socket.executeThenClose { connections in
                    for try await connection in connections {
                        group.addTask { await child.handle(value: connection, logger: logger) }
                    }
                }
            } catch {
                logger.error("a listening socket failed", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Takes no further connections and closes those that have no request under way.
    func stop() async throws {
        let done = socket.channel.eventLoop.makePromise(of: Void.self)
        quiescing.initiateShutdown(promise: done)
        try await done.futureResult.get()
    }
}
