/// The address of a Git repository, checked so that git can take it neither for an option nor for a remote helper, nor ssh for an option.
public struct GitAddress: Sendable, Hashable, CustomStringConvertible {
    /// How a repository is reached.
    public enum Scheme: String, Sendable, CaseIterable {
        case https, ssh, git
        /// Only where the operator allows it: nobody protects it on the way.
        case http
        /// A repository of this machine, only for local use.
        case file
    }

    /// What is wrong with an address; `description` completes "the address …".
    public enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
        case empty, tooLong, optionLike, controlCharacters, schemeNotAllowed, badHost, badUser, badPath

        /// For instance `is empty`.
        public var description: String {
            switch self {
            case .empty: "is empty"
            case .tooLong: "has more than \(GitAddress.lengthLimit) bytes"
            case .optionLike: "starts like an option"
            case .controlCharacters: "has spaces, backslashes or control characters"
            case .schemeNotAllowed: "is none of https://, ssh://, git:// and user@host:path (file:// only for local use)"
            case .badHost: "has no proper host name"
            case .badUser: "has no proper user name"
            case .badPath: "has no proper path"
            }
        }
    }

    /// The schemes of documents from anywhere.
    public static let publicSchemes: Set<Scheme> = [.https, .ssh, .git]

    private static let lengthLimit = 4_096

    /// The address as written. It may carry credentials: show `description` instead.
    public let text: String
    /// How the repository is reached; `user@host:path` is ssh.
    public let scheme: Scheme

    /// Checks an address.
    public init(_ text: String, allowing schemes: Set<Scheme> = publicSchemes) throws(Problem) {
        self.text = text
        if text.isEmpty { throw .empty }
        if text.utf8.count > Self.lengthLimit { throw .tooLong }
        if text.hasPrefix("-") { throw .optionLike }
        guard text.unicodeScalars.allSatisfy(Self.isPlain) else { throw .controlCharacters }
        if let separator = text.firstRange(of: "://") {
            // Upper case is refused with the rest: git knows a helper program for every scheme it does not know itself.
            guard let scheme = Scheme(rawValue: String(text[..<separator.lowerBound])), schemes.contains(scheme) else {
                throw .schemeNotAllowed
            }
            self.scheme = scheme
            try Self.check(text[separator.upperBound...], scheme)
        } else {
            scheme = .ssh
            guard schemes.contains(.ssh) else { throw .schemeNotAllowed }
            try Self.checkRemotePath(text)
        }
    }

    /// The address with `***` for a password or token.
    public var description: String { CredentialMask.masked(text) }

    private static func isPlain(_ character: Unicode.Scalar) -> Bool {
        character.value > 32 && character != "\\" && character.properties.generalCategory != .control
            && character.properties.generalCategory != .format && !character.properties.isWhitespace
    }

    private static func check(_ rest: Substring, _ scheme: Scheme) throws(Problem) {
        let path = rest.drop { $0 != "/" }
        guard path.utf8.count > 1 else { throw .badPath }
        if scheme == .file {
            guard rest.hasPrefix("/") else { throw .badHost }
            return
        }
        let authority = rest.prefix { $0 != "/" }
        let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
        guard let host = parts.last, parts.count <= 2, isHostAndPort(host) else { throw .badHost }
        guard parts.count == 2, let user = parts.first else { return }
        let names = user.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = names.first, isName(name, also: "._~+%-") else { throw .badUser }
        // ssh has no place for a password, and would hand the whole text on as the user.
        if names.count > 1 && scheme == .ssh { throw .badUser }
    }

    /// `user@host:path`.
    private static func checkRemotePath(_ text: String) throws(Problem) {
        guard let colon = text.firstIndex(of: ":"), let at = text.firstIndex(of: "@"), at < colon else { throw .schemeNotAllowed }
        guard isName(text[..<at], also: "._~+-") else { throw .badUser }
        guard isName(text[text.index(after: at)..<colon], also: ".-") else { throw .badHost }
        let path = text[text.index(after: colon)...]
        guard let first = path.first, first != "-", first != ":" else { throw .badPath }
    }

    private static func isHostAndPort(_ text: Substring) -> Bool {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return false }
            let address = text[text.index(after: text.startIndex)..<end]
            return !address.isEmpty && address.allSatisfy { $0 == ":" || $0 == "." || $0.isHexDigit && $0.isASCII }
                && isPort(text[text.index(after: end)...])
        }
        let host = text.prefix { $0 != ":" }
        return isName(host, also: "._-") && isPort(text[host.endIndex...])
    }

    /// Nothing, or a colon and a number.
    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || text.first == ":" && (2...6).contains(text.utf8.count) && text.dropFirst().allSatisfy { ("0"..."9").contains($0) }
    }

    /// A letter or digit and then these or what `others` has.
    private static func isName(_ text: Substring, also others: String) -> Bool {
        guard let first = text.first, first.isASCII, first.isLetter || first.isNumber else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || others.contains($0)) }
    }
}
