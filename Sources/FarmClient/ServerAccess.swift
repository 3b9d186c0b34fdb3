public import FarmModel
internal import FarmStore
internal import HostSystem

/// How to get at a server: its address, and what it is to be shown and checked with.
public struct ServerAccess: Sendable {
    /// Where it listens.
    public let address: ServerAddress
    /// The key that requests carry; nil for none.
    let token: String?
    /// Issuers of its certificate in PEM; nil for those the system knows.
    let authorities: String?

    private static let tokenLimit = 4096

    /// Reads the token from its file.
    /// - Parameter warn: Told if others can read the file.
    /// - Throws: `usage` for an address or a combination that does not work, `noInput` or `noPermission` for the file, `badInput` if it holds no key.
    public init(
        address: String, tokenFile: String?, authorities: String?, warn: (String) -> Void
    ) throws(FarmError) {
        self.address = try ServerAddress(address)
        self.authorities = authorities
        if authorities != nil, !self.address.isSecure {
            throw FarmError(.usage, "--ca-file goes with https; \(address) has no certificate to check")
        }
        if let authorities { _ = try FarmError.wrap { () throws(SystemError) in try Files.open(authorities, .read) } }
        token = try tokenFile.map { path throws(FarmError) in try Self.token(in: path, warn) }
        if token != nil, !self.address.isSecure, !self.address.isLocal {
            warn("the key goes to \(address) unencrypted; use https")
        }
    }

    private static func token(in path: String, _ warn: (String) -> Void) throws(FarmError) -> String {
        let (file, status) = try FarmError.wrap { () throws(SystemError) in
            let file = try Files.open(path, .read)
            return (file, try file.status())
        }
        guard status.type != .folder else { throw FarmError(.badInput, "\(path) is a folder; give the file with the key") }
        let (bytes, mode) = (try FarmError.wrap { () throws(SystemError) in try file.readAll(limit: tokenLimit) }, status.permissions)
        if mode & 0o077 != 0 { warn("others can read the key in \(path); chmod 600 \(path)") }
        let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard let word = words.first, words.count == 1, word.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
            throw FarmError(.badInput, "\(path) holds no key: one word is expected, as bf-serve token create prints it")
        }
        return String(word)
    }
}
