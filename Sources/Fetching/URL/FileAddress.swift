internal import Glibc

/// The address of a file by `http` or `https`, checked so that curl takes it for nothing else.
///
/// Link-local addresses written as numbers are refused: clouds hand out credentials there. What a name resolves to, or a redirect leads to, is
/// looked at after the transfer, before anything is used. Which other machines a runner may reach is for the operator's firewall to say.
public struct FileAddress: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with an address; `description` completes "the address …".
    public enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
        case tooLong, controlCharacters, schemeNotAllowed, badHost, linkLocal

        /// For instance `has no proper host name`.
        public var description: String {
            switch self {
            case .tooLong: "has more than \(FileAddress.lengthLimit) bytes"
            case .controlCharacters: "has spaces, backslashes or control characters"
            case .schemeNotAllowed: "is neither http:// nor https://"
            case .badHost: "has no proper host name"
            case .linkLocal: "is link-local"
            }
        }
    }

    private static let lengthLimit = 4_096

    /// The address as written. It may carry credentials: show `description` instead.
    public let text: String

    /// Checks an address.
    public init(_ text: String) throws(Problem) {
        self.text = text
        if text.utf8.count > Self.lengthLimit { throw .tooLong }
        guard text.unicodeScalars.allSatisfy({ $0.value > 32 && $0 != "\\" && $0.properties.generalCategory != .control }) else {
            throw .controlCharacters
        }
        guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }) else { throw .schemeNotAllowed }
        let authority = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        guard authority.filter({ $0 == "@" }).count <= 1, Self.isHost(host) else { throw .badHost }
        if Self.isLinkLocal(host.hasPrefix("[") ? String(host.dropFirst().prefix { $0 != "]" }) : String(host.prefix { $0 != ":" })) {
            throw .linkLocal
        }
    }

    /// The address with `***` for a password or token.
    public var description: String { CredentialMask.masked(text) }

    /// The name for the file: the last part of the path, or `download` where that is none.
    public var fileName: String {
        let path = text.prefix { !"?#".contains($0) }
        let last = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst(3).last ?? ""
        let name = Self.percentDecoded(last) ?? String(last)
        let isPlain = name.unicodeScalars.allSatisfy { $0 != "/" && $0.properties.generalCategory != .control }
        return isPlain && !["", ".", ".."].contains(name) && name.utf8.count <= 255 ? name : "download"
    }

    /// Whether an address in numbers, in any form that the C library reads, is in 169.254.0.0/16 or fe80::/10.
    static func isLinkLocal(_ host: String) -> Bool {
        var short = in_addr()
        if inet_aton(host, &short) != 0 { return UInt32(bigEndian: short.s_addr) >> 16 == 0xA9FE }
        var long = in6_addr()
        guard inet_pton(AF_INET6, String(host.prefix { $0 != "%" }), &long) == 1 else { return false }
        let bytes = withUnsafeBytes(of: long) { Array($0) }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && [0, 255].contains(bytes[10]) && bytes[10] == bytes[11]
        return bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80 || isMapped && bytes[12] == 169 && bytes[13] == 254
    }

    private static func isHost(_ text: Substring) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        return first == "[" ? text.contains("]") : first.properties.isAlphabetic || first.properties.numericType != nil
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
