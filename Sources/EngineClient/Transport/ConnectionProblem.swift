internal import AsyncHTTPClient
internal import HostSystem
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Why a connection could not be made or broke, in words.
package enum ConnectionProblem {
    /// A few words without the address.
    package static func text(_ cause: any Error) -> String {
        switch cause {
        case let error as HTTPClientError: return text(error)
        case let error as IOError: return systemText(error.errnoCode)
        case let error as NIOConnectionError:
            if error.connectionErrors.isEmpty { return "the host is not known" }
            return error.connectionErrors.first.map { text($0.error) } ?? "nobody answers"
        case let error as ChannelError:
            if case .connectTimeout = error { return "nobody answers" }
            return error == .eof || error == .ioOnClosedChannel ? "the connection was closed" : "\(error)"
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            return "TLS: its certificate is for another name; give that as server_name"
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: return "TLS: \(tlsText("\(cause)"))"
        default: return EngineError.line("\(cause)")
        }
    }

    private static func text(_ error: HTTPClientError) -> String {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout: "nobody answers"
        case .remoteConnectionClosed: "the connection was closed"
        case .tlsHandshakeTimeout: "TLS: the handshake takes too long"
        default: error.shortDescription
        }
    }

    private static func tlsText(_ text: String) -> String {
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its certificate is not trusted; give its authority" }
        if text.contains("WRONG_VERSION_NUMBER") { return "it does not speak TLS" }
        if text.contains("CERTIFICATE_REQUIRED") || text.contains("BAD_CERTIFICATE") {
            return "it does not accept the client's certificate"
        }
        return EngineError.line(text)
    }

    private static func systemText(_ code: Int32) -> String {
        let attempt = "connect"
        return String(SystemError(code: code, attempt: attempt).description.dropFirst("cannot \(attempt): ".count))
    }
}
