public import FarmModel

/// Where a daemon that speaks the Engine API listens.
public struct EngineAddress: Sendable, Equatable, CustomStringConvertible {
    /// The two kinds of sockets.
    public enum Place: Sendable, Equatable {
        /// The path of a unix socket.
        case unix(path: String)
        /// A host, without brackets where it is an IPv6 address, and a port.
        case tcp(host: String, port: Int)
    }

    /// The socket.
    public let place: Place
    /// How the connection is made safe; nil for a plain one.
    public let tls: BackendTLS?
    /// The address as it was given.
    public let description: String

    /// The port of a daemon that names none: that of Docker with TLS, and without.
    private static let usualPort = (secure: 2376, plain: 2375)

    /// Reads `unix://PATH`, `tcp://HOST:PORT`, `docker://PATH` or `docker://HOST:PORT`.
    /// - Throws: `configuration` for anything else.
    public init(_ text: String, tls: BackendTLS? = nil) throws(FarmError) {
        description = text
        self.tls = tls
        let schemes = ["unix://", "tcp://", "docker://"]
        guard let scheme = schemes.first(where: text.hasPrefix) else { throw Self.fault(text) }
        let rest = String(text.dropFirst(scheme.count))
        if scheme != "tcp://", rest.hasPrefix("/") {
            // What the kernel has room for, with the byte that ends it.
            guard rest.utf8.count < 108 else {
                throw FarmError(.configuration, "\(text): the path of a unix socket has at most 107 bytes")
            }
            place = .unix(path: rest)
            return
        }
        guard scheme != "unix://", let place = Self.hostAndPort(rest, isSecure: tls != nil) else { throw Self.fault(text) }
        self.place = place
    }

    private static func fault(_ text: String) -> FarmError {
        FarmError(.configuration, "\(text) is no address of a daemon; use unix://PATH or tcp://HOST:PORT")
    }

    private static func hostAndPort(_ text: String, isSecure: Bool) -> Place? {
        var host = text[...]
        var port: Int? = isSecure ? usualPort.secure : usualPort.plain
        let colon = text.lastIndex(of: ":")
        let bracket = text.lastIndex(of: "]")
        if let colon, bracket.map({ $0 < colon }) ?? true {
            host = text[..<colon]
            port = Int(text[text.index(after: colon)...])
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard let port, (1...65_535).contains(port), !host.isEmpty, host.utf8.allSatisfy(isHostByte) else { return nil }
        return .tcp(host: String(host), port: port)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":")].contains(byte)
        }
    }

    /// What stands before the path in the URL of a request.
    var base: String {
        switch place {
        case .unix(let path): "http+unix://" + QueryText.encoded(path)
        case .tcp(let host, let port): "\(tls == nil ? "http" : "https")://\(Self.bracketed(tls?.serverName ?? host)):\(port)"
        }
    }

    private static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}
