internal import AsyncHTTPClient
internal import FarmModel
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// The clients for HTTP, one for all plain connections and one for each set of files for TLS. They live as long as the process: ending one
/// waits for its connections, and they cost nothing while they have none.
enum HTTPClients {
    private static let clients = Mutex<[String: HTTPClient]>([:])
    private static let connectPatience = TimeAmount.seconds(10)
    /// Each running container has two.
    private static let mostConnections = 4_096

    /// The client for an address.
    static func client(for address: EngineAddress) throws(FarmError) -> HTTPClient {
        let key = address.tls.map { "\($0.json) \(address.place)" } ?? ""
        let tls: TLSConfiguration? = if let tls = address.tls { try EngineTLS.configuration(tls) } else { nil }
        return clients.withLock { clients in
            if let client = clients[key] { return client }
            let client = HTTPClient(eventLoopGroup: .singletonMultiThreadedEventLoopGroup, configuration: configuration(address, tls))
            clients[key] = client
            return client
        }
    }

    private static func configuration(_ address: EngineAddress, _ tls: TLSConfiguration?) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow, timeout: .init(connect: connectPatience))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.idleTimeout = .seconds(30)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = mostConnections
        configuration.connectionPool.retryConnectionEstablishment = false
        if case .tcp(let host, _) = address.place, let name = address.tls?.serverName { configuration.dnsOverride = [name: host] }
        return configuration
    }
}
