public import FarmModel
public import HostSystem

/// Where a BuildKit daemon is reached, and how its gRPC connection is got there.
public struct Endpoint: Sendable, Hashable {
    /// What is connected to.
    enum Place: Sendable, Hashable {
        case tcp(host: String, port: Int)
        case unix(path: String)
    }

    /// What must be asked for before the connection speaks gRPC.
    enum Upgrade: Sendable, Hashable {
        /// dockerd hands the connection to the BuildKit inside it.
        case embedded
        /// dockerd runs `buildctl dial-stdio` in this container and passes its standard streams.
        case container(String)
    }

    /// As it was given.
    public let address: String
    let place: Place
    let upgrade: Upgrade?

    private static let engineVariable = "DOCKER_HOST"
    private static let usualEngine = "unix:///var/run/docker.sock"

    /// Reads `tcp://HOST:PORT`, `unix://PATH`, `docker://PATH`, `docker://HOST:PORT` or `docker-container://NAME`.
    /// - Parameter environment: says by `DOCKER_HOST` which dockerd of this machine has the container.
    /// - Throws: `configuration` for anything else.
    public init(
        _ address: String, environment: (String) -> String? = HostSystem.Environment.value
    ) throws(FarmError) {
        self.address = address
        if let rest = Self.rest(of: address, after: "tcp://") {
            (place, upgrade) = (try Self.tcp(rest, address), nil)
        } else if let path = Self.rest(of: address, after: "unix://") {
            (place, upgrade) = (try Self.unix(path, address), nil)
        } else if let name = Self.rest(of: address, after: "docker-container://") {
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else { throw Self.unusable(address) }
            (place, upgrade) = (try Self.engine(environment(Self.engineVariable) ?? Self.usualEngine), .container(name))
        } else if let rest = Self.rest(of: address, after: "docker://") {
            (place, upgrade) = (rest.hasPrefix("/") ? try Self.unix(rest, address) : try Self.tcp(rest, address), .embedded)
        } else {
            throw Self.unusable(address)
        }
    }

    /// Whether the daemon is the one inside dockerd, which exports into dockerd's own store.
    public var isEmbedded: Bool { upgrade == .embedded }

    private static func rest(of address: String, after scheme: String) -> String? {
        address.hasPrefix(scheme) ? String(address.dropFirst(scheme.count)) : nil
    }

    private static func tcp(_ text: String, _ address: String) throws(FarmError) -> Place {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (1...65_535).contains(port) else {
            throw unusable(address)
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, !host.contains("/") else { throw unusable(address) }
        return .tcp(host: String(host), port: port)
    }

    private static func engine(_ host: String) throws(FarmError) -> Place {
        guard let path = rest(of: host, after: "unix://") else {
            throw FarmError(.configuration, "\(engineVariable) is \(host); containers are reached by a socket of this machine: unix://PATH")
        }
        return try unix(path, host)
    }

    /// For messages: the socket, where the address does not name it.
    var socketText: String {
        guard case .container = upgrade, case .unix(let path) = place else { return "" }
        return " to \(path)"
    }

    /// sockaddr_un has room for 107 bytes.
    private static func unix(_ path: String, _ address: String) throws(FarmError) -> Place {
        guard path.hasPrefix("/"), path.utf8.count <= 107, !path.utf8.contains(0) else { throw unusable(address) }
        return .unix(path: path)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        }
    }

    private static func unusable(_ address: String) -> FarmError {
        FarmError(
            .configuration,
            "\(address) is no address of a BuildKit daemon; use tcp://HOST:PORT, unix://PATH, docker://PATH, docker://HOST:PORT or "
                + "docker-container://NAME")
    }
}
