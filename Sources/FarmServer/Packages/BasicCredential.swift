import FarmModel
import HTTPTypes

/// The one form of a key that apk can send: `https://NAME:KEY@host/packages`, whatever the name.
///
/// Browsers send it again on their own, so it counts for nothing but reading packages.
enum BasicCredential {
    /// Whether a path is one of a package or of what belongs to it.
    private static func counts(for path: String) -> Bool { path.hasPrefix("/packages/") }

    /// The answer to a request without a key with the word that makes clients send one which wait for it, as wget does.
    static func asked(for reply: Reply, path: String) -> Reply {
        guard reply.status == .unauthorized, counts(for: path) else { return reply }
        var reply = reply
        reply.headers.append(HTTPField(name: .wwwAuthenticate, value: "Basic realm=\"bf\", charset=\"UTF-8\""))
        return reply
    }

    /// The request with the key as all others are sent, if it asks for a package.
    static func translated(_ headers: HTTPFields, path: String) -> HTTPFields {
        guard counts(for: path), let value = headers[.authorization] else { return headers }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Base64.bytes(of: String(parts[1])),
            let pair = String(validating: bytes, as: UTF8.self), let colon = pair.firstIndex(of: ":")
        else { return headers }
        var headers = headers
        headers[.authorization] = "Bearer \(pair[pair.index(after: colon)...])"
        return headers
    }
}
