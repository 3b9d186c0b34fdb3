internal import GRPCCore
internal import GRPCNIOTransportHTTP2Posix
internal import NIOCore
internal import Synchronization

/// One connection to a daemon, shared by everything that is asked of it.
final class Connection: Sendable {
    typealias Control = Moby_Buildkit_V1_Control.Client<HTTP2ClientTransport.WrappedChannel>

    let address: String
    let control: Control
    private let client: GRPCClient<HTTP2ClientTransport.WrappedChannel>
    private let channel: any Channel
    let patience: Patience
    private let state = Mutex(State())

    private struct State {
        var users = 0
        var loss: BuildKitError?
    }

    /// Connects, and watches the daemon from now on while anything is asked of it.
    static func open(_ dialler: Dialler) async throws(BuildKitError) -> Connection {
        let (transport, channel) = try await dialler.dial()
        let connection = Connection(dialler, transport, channel)
        connection.run()
        return connection
    }

    private init(_ dialler: Dialler, _ transport: HTTP2ClientTransport.WrappedChannel, _ channel: any Channel) {
        address = dialler.endpoint.address
        patience = dialler.patience
        client = GRPCClient(transport: transport)
        control = Control(wrapping: client)
        self.channel = channel
    }

    /// Whether it may still be used.
    var isOpen: Bool { channel.isActive && state.withLock { $0.loss == nil } }

    /// Why it broke, as far as this side knows.
    var loss: BuildKitError? { state.withLock { $0.loss } }

    private func run() {
        let client = client
        Task { try? await client.runConnections() }
        Task { [weak self] in
            while let interval = self?.patience.heartbeat {
                try? await Task.sleep(for: .milliseconds(interval))
                guard let self, self.channel.isActive else { return }
                await self.beat()
            }
        }
    }

    /// Asks for nothing of importance: a daemon that does not answer even that is gone for us.
    private func beat() async {
        guard state.withLock({ $0.users > 0 && $0.loss == nil }) else { return }
        do { _ = try await control.listWorkers(Moby_Buildkit_V1_ListWorkersRequest(), options: options) } catch {
            guard let code = (error as? RPCError)?.code, code == .deadlineExceeded || code == .unavailable else { return }
            close(BuildKitError(.lost, "\(address): the daemon has not answered for \(patience.answer / 1_000) s; look what it does there"))
        }
    }

    /// Options of a question whose answer costs nothing.
    var options: CallOptions {
        var options = CallOptions.defaults
        options.timeout = .milliseconds(patience.answer)
        return options
    }

    /// Breaks the connection.
    /// - Parameter error: what everybody who uses it is told.
    func close(_ error: BuildKitError) {
        state.withLock { $0.loss = $0.loss ?? error }
        channel.close(promise: nil)
    }

    /// Runs something during which the daemon must be there.
    func use<T: Sendable>(_ purpose: String, _ body: () async throws -> T) async throws(BuildKitError) -> T {
        state.withLock { $0.users += 1 }
        defer { state.withLock { $0.users -= 1 } }
        do { return try await body() } catch { throw translate(error, purpose) }
    }

    /// What an error means: who is to blame, in one line.
    private func translate(_ error: any Error, _ purpose: String) -> BuildKitError {
        if let error = error as? BuildKitError { return error }
        if Task.isCancelled { return BuildKitError(.cancelled, "\(address): \(purpose) was cancelled") }
        if let loss { return loss }
        guard let error = error as? RPCError else { return BuildKitError(.lost, "\(address): \(purpose): \(error)") }
        if !channel.isActive || error.code == .unavailable || error.code == .deadlineExceeded {
            return BuildKitError(.lost, "\(address): \(purpose): the connection broke (\(error.code): \(error.message))")
        }
        return BuildKitError(.refused, "\(address): \(purpose): \(error.message)")
    }
}
