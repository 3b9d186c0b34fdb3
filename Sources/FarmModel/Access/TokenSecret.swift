/// The secret text of a token: `bf_` and 32 random bytes in base64url. The prefix lets people and scanners of leaked secrets know it.
public struct TokenSecret: Sendable, Equatable {
    /// The whole text.
    public let text: String

    private static let prefix = "bf_"
    private static let byteCount = 32
    /// 32 bytes, six bits a character.
    private static let length = prefix.utf8.count + 43

    /// Makes a secret.
    /// - Parameter random: 32 random bytes.
    public init(random: [UInt8]) {
        precondition(random.count == Self.byteCount, "a token has 32 random bytes")
        text = Self.prefix + Base64.urlText(of: random)
    }

    /// Takes a text that somebody showed; nil if no token looks like that.
    public init?(_ text: String) {
        guard text.utf8.count == Self.length, text.hasPrefix(Self.prefix) else { return nil }
        self.text = text
    }

    /// What is stored of it. The secret has more entropy than could be tried, so a plain digest keeps it.
    public var hash: Digest { Digest.of(text.utf8) }
}
