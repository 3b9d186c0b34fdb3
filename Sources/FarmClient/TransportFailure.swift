internal import AsyncHTTPClient
internal import FarmModel
internal import HostSystem
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Why no answer came.
struct TransportFailure {
    /// What the tool ends with: what happened, where, and what to do next.
    let error: FarmError

    init(_ cause: any Error, _ access: ServerAccess) {
        let next = access.address.description.hasPrefix("unix:") ? "does bf-serve listen there?" : "is bf-serve running there?"
        error = FarmError(.unavailable, "cannot reach \(access.address): \(Self.reason(cause)); \(Self.advice(cause, access) ?? next)")
    }

    private static func reason(_ cause: any Error) -> String {
        switch cause {
        case let error as HTTPClientError: return reason(error)
        case let error as IOError: return systemText(error.errnoCode)
        case let error as NIOConnectionError:
            if error.dnsAError != nil || error.dnsAAAAError != nil, error.connectionErrors.isEmpty { return "the host is not known" }
            return error.connectionErrors.first.map { reason($0.error) } ?? "nobody answers"
        case let error as ChannelError where error == .eof: return "the connection was closed"
        case is NIOSSLError, is BoringSSLError: return "TLS: \(tlsText(cause))"
        case let error as NIOSSLExtraError where error == .failedToValidateHostname: return "TLS: its certificate is for another name"
        case let error as NIOSSLExtraError: return "TLS: \(error.description)"
        default: return "\(cause)"
        }
    }

    private static func reason(_ error: HTTPClientError) -> String {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout: "nobody answers within 10 s"
        case .readTimeout, .deadlineExceeded: "it does not answer any more"
        case .remoteConnectionClosed: "the connection was closed"
        case .tlsHandshakeTimeout: "TLS: the handshake takes too long"
        case .invalidURL, .emptyHost: "this is no address"
        default: error.shortDescription
        }
    }

    private static func tlsText(_ cause: any Error) -> String {
        let text = "\(cause)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its certificate is not trusted" }
        if text.contains("WRONG_VERSION_NUMBER") { return "the server does not speak TLS" }
        if text.contains("NO_CERTIFICATE_OR_CRL_FOUND") { return "the file of issuers has no certificate in PEM" }
        if text.contains("uncleanShutdown") { return "the server closed the connection" }
        return text.split(whereSeparator: \.isNewline).first.map(String.init) ?? text
    }

    private static func advice(_ cause: any Error, _ access: ServerAccess) -> String? {
        let text = "\(cause)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return "give its issuer with --ca-file" }
        if text.contains("WRONG_VERSION_NUMBER") { return "use http://" }
        if text.contains("NO_CERTIFICATE_OR_CRL_FOUND") { return "see --ca-file" }
        if text.contains("failedToValidateHostname") { return "use a name that stands in it" }
        return nil
    }

    private static func systemText(_ code: Int32) -> String {
        let attempt = "connect"
        return String(SystemError(code: code, attempt: attempt).description.dropFirst("cannot \(attempt): ".count))
    }
}
