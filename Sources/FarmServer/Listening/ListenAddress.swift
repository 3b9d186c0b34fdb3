public import FarmModel
internal import HostSystem

/// Where to take connections.
public enum ListenAddress: Sendable, Equatable, CustomStringConvertible {
    /// A host, by name or address, and a port; 0 takes a free one.
    case port(host: String, port: Int)
    /// A Unix socket.
    case unix(path: String)
    /// An open socket that was handed to the process.
    case inherited(descriptor: Int32, isLocal: Bool)

    /// Reads `HOST:PORT`, `:PORT` (every address) or `unix:PATH`.
    /// - Throws: `usage` for anything else.
    public init(_ text: String) throws(FarmError) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard (1...UnixSocket.pathLimit).contains(path.utf8.count) else {
                throw FarmError(.usage, "--listen-addr \(text): the path of a socket has 1 to \(UnixSocket.pathLimit) bytes")
            }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port) else {
            throw FarmError(.usage, "--listen-addr \(text): expected HOST:PORT or unix:PATH, for instance 127.0.0.1:8080")
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        self = .port(host: host.isEmpty ? "::" : host, port: port)
    }

    /// True if only this machine can connect.
    public var isLocal: Bool {
        switch self {
        case .unix: true
        case .inherited(_, let isLocal): isLocal
        case .port(let host, _): Loopback.isLoopback(host.contains(":") ? "[\(host)]" : host)
        }
    }

    /// True if it can be part of a URL.
    public var isURL: Bool { if case .port = self { true } else { false } }

    /// As it is written on the command line.
    public var description: String {
        switch self {
        case .port(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        case .inherited(let descriptor, _): "descriptor \(descriptor)"
        }
    }
}
