import HTTPTypes

/// What a request shows to be let in.
enum Credential: Sendable, Equatable {
    /// A key of ours.
    case key(String)
    /// A JSON Web Token.
    case webToken(String)
    /// Nothing.
    case none
    /// More than one, or something that cannot be one.
    case malformed

    /// From `Authorization: Bearer …` or `X-API-Key`.
    init(_ headers: HTTPFields) {
        var texts = headers[values: .apiKey]
        for value in headers[values: .authorization] {
            let parts = value.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else {
                self = .malformed
                return
            }
            texts.append(String(parts[1]))
        }
        switch (texts.first, texts.count) {
        case (nil, _): self = .none
        case (let text?, 1) where (1...8_192).contains(text.utf8.count):
            self = text.split(separator: ".", omittingEmptySubsequences: false).count == 3 ? .webToken(text) : .key(text)
        default: self = .malformed
        }
    }
}
