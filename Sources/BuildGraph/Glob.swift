/// A shell pattern for names.
///
/// `*` is any run of characters, `/` included; `?` is one character; `[a-z_]` is one of a set and `[!a-z_]` or `[^a-z_]` one outside
/// it, with `]` first in a set standing for itself; `\` takes the next character as it is. A `[` that is never closed stands for
/// itself. Case matters, a character is a Unicode scalar, and the whole name has to match.
///
/// Matching takes at most name × pattern steps: only the latest `*` is ever tried again, for if the text before it fits at all, it
/// fits where it was found first.
public struct Glob: Sendable, Hashable {
    private let tokens: [GlobToken]

    /// Reads a pattern; every string is one.
    public init(_ pattern: String) {
        var reader = GlobReader(pattern)
        var tokens: [GlobToken] = []
        while let token = reader.next() {
            if token != .anyRun || tokens.last != .anyRun {
                tokens.append(token)
            }
        }
        self.tokens = tokens
    }

    /// Whether the whole of `name` fits the pattern.
    public func matches(_ name: String) -> Bool {
        let text = name.unicodeScalars
        var position = text.startIndex
        var token = 0
        var retry: (position: String.Index, token: Int)?
        while position < text.endIndex {
            if token < tokens.count, tokens[token] == .anyRun {
                token += 1
                retry = (position, token)
            } else if token < tokens.count, tokens[token].accepts(text[position]) {
                token += 1
                position = text.index(after: position)
            } else if let latest = retry {
                position = text.index(after: latest.position)
                token = latest.token
                retry = (position, token)
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .anyRun }
    }
}
