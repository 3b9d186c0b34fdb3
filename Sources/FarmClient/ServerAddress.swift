public import FarmModel

/// Where a server listens: `http://HOST[:PORT]`, `https://HOST[:PORT]` or `unix:PATH`.
public struct ServerAddress: Sendable, Equatable, CustomStringConvertible {
    /// As it was given.
    public let description: String
    /// What the path of a request is appended to.
    let base: String
    /// Whether what is sent is encrypted.
    let isSecure: Bool
    /// Whether it never leaves this machine.
    let isLocal: Bool

    /// Reads an address.
    /// - Throws: `usage` for anything else.
    public init(_ text: String) throws(FarmError) {
        description = text
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard !path.isEmpty, path.utf8.count <= 107 else { throw Self.fault(text) }
            base = "http+unix://" + Self.escaped(path)
            (isSecure, isLocal) = (false, true)
            return
        }
        isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://") else { throw Self.fault(text) }
        var place = text.dropFirst(isSecure ? 8 : 7)
        while place.last == "/" { place.removeLast() }
        let isPlain = place.utf8.allSatisfy { byte in byte > 32 && byte < 127 && !"/?#@\\\"<>".utf8.contains(byte) }
        guard !place.isEmpty, isPlain else { throw Self.fault(text) }
        base = (isSecure ? "https://" : "http://") + place
        isLocal = Self.isLoopback(place)
    }

    /// The scheme's own port is not written; names of the loopback are those every machine has.
    private static func isLoopback(_ place: Substring) -> Bool {
        if place == "[::1]" || place.hasPrefix("[::1]:") { return true }
        let host = place.split(separator: ":", omittingEmptySubsequences: false).first ?? ""
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return host == "localhost" || (numbers.count == 4 && numbers[0] == 127 && numbers.allSatisfy { $0 != nil })
    }

    private static func escaped(_ path: String) -> String {
        var text = ""
        for byte in path.utf8 {
            let character = Character(Unicode.Scalar(byte))
            let isPlain = character.isASCII && (character.isLetter || character.isNumber || "-._~".contains(character))
            text += isPlain ? String(character) : "%" + Hexadecimal.text(of: [byte]).uppercased()
        }
        return text
    }

    private static func fault(_ text: String) -> FarmError {
        FarmError(
            .usage, "the server \(JSONValue.string(text).text) is no address; give http://HOST:PORT, https://HOST:PORT or unix:PATH")
    }
}
