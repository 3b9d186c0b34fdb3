/// A pattern for one name of a path.
struct NamePattern: Sendable, Equatable {
    private let tokens: [GlobToken]

    /// A pattern of tokens without a slash.
    init(_ tokens: some Sequence<GlobToken>) { self.tokens = Array(tokens) }

    /// Any name.
    static let anyName = NamePattern([.anyCharacters])

    /// The name that the pattern consists of; nil if it has wildcards.
    var literal: String? {
        var scalars = String.UnicodeScalarView()
        for token in tokens {
            guard case .literal(let scalar) = token else { return nil }
            scalars.append(scalar)
        }
        return String(scalars)
    }

    /// It is nothing at all, so no name fits.
    var isEmpty: Bool { tokens.isEmpty }

    /// Two stars or more and nothing else.
    var isDoubleStar: Bool { tokens.count >= 2 && tokens.allSatisfy { $0 == .anyCharacters } }

    /// Whether the whole name fits. After a mismatch only the last star is stretched, which is enough; so the time is at most the product of
    /// both lengths.
    func matches(_ name: [Unicode.Scalar]) -> Bool {
        var token = 0
        var place = 0
        var star: (token: Int, place: Int)?
        while place < name.count {
            if token < tokens.count, tokens[token] == .anyCharacters {
                star = (token, place)
                token += 1
            } else if token < tokens.count, tokens[token].fits(name[place]) {
                token += 1
                place += 1
            } else if let last = star {
                star = (last.token, last.place + 1)
                token = last.token + 1
                place = last.place + 1
            } else {
                return false
            }
        }
        return !name.isEmpty && tokens[token...].allSatisfy { $0 == .anyCharacters }
    }
}

extension GlobToken {
    /// Whether the token stands for this one character.
    fileprivate func fits(_ character: Unicode.Scalar) -> Bool {
        switch self {
        case .literal(let own): own == character
        case .anyCharacter: true
        case .set(let set): set.contains(character)
        case .anyCharacters, .slash: false
        }
    }
}
