/// A pattern of a `.dockerignore` file, or of what a daemon asks for, matched against whole paths without a leading slash.
///
/// `*` stands for characters without a slash, `?` for one of them, `[…]` for one of a set, `**` for any number of folders, at the end for
/// everything; a backslash takes away the meaning of what follows. The rules are those of Docker's own matcher. Matching follows all
/// readings of the pattern at once, so its time is bounded by the lengths of both.
struct PathPattern: Sendable, Equatable {
    private enum Token: Sendable, Equatable {
        case character(Unicode.Scalar)
        case one
        case some
        case everything
        /// What stands next may be left out.
        case optional
        /// Anything up to and with a slash.
        case folders
        case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
    }

    private let tokens: [Token]

    /// Reads a pattern. Slashes at both ends, `.` and `..` are taken out as file names would be.
    init(_ text: String) { tokens = Self.tokens(Array(Self.cleaned(text).unicodeScalars)) }

    /// How a path fares.
    struct Result: Equatable {
        /// The pattern matches the path, or a folder that it is in.
        var matches = false
        /// It could match something in the path, if that is a folder.
        var mayMatchBeneath = false
    }

    /// Compares with a path.
    func compare(_ path: String) -> Result {
        var result = Result()
        var states = closure([0])
        for character in path.unicodeScalars {
            if character == "/", states.contains(tokens.count) { return Result(matches: true, mayMatchBeneath: true) }
            states = closure(step(states, character))
            if states.isEmpty { return result }
        }
        result.matches = states.contains(tokens.count)
        result.mayMatchBeneath = result.matches || !step(states, "/").isEmpty
        return result
    }

    private func step(_ states: Set<Int>, _ character: Unicode.Scalar) -> Set<Int> {
        var next: Set<Int> = []
        for state in states where state < tokens.count {
            switch tokens[state] {
            case .character(let wanted): if wanted == character { next.insert(state + 1) }
            case .one: if character != "/" { next.insert(state + 1) }
            case .some: if character != "/" { next.insert(state) }
            case .everything: next.insert(state)
            case .optional: break
            case .folders:
                next.insert(state)
                if character == "/" { next.insert(state + 1) }
            case .set(let ranges, let isNegated):
                if character != "/", ranges.contains(where: { $0.contains(character) }) != isNegated { next.insert(state + 1) }
            }
        }
        return next
    }

    /// Adds what is reached without a character.
    private func closure(_ states: Set<Int>) -> Set<Int> {
        var result = states
        var pending = Array(states)
        func reach(_ state: Int) { if result.insert(state).inserted { pending.append(state) } }
        while let state = pending.popLast() {
            guard state < tokens.count else { continue }
            switch tokens[state] {
            case .some, .everything: reach(state + 1)
            case .optional:
                reach(state + 1)
                reach(state + 2)
            default: break
            }
        }
        return result
    }

    private static func cleaned(_ text: String) -> String {
        var parts: [Substring] = []
        for part in text.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    private static func tokens(_ text: [Unicode.Scalar]) -> [Token] {
        var tokens: [Token] = []
        var index = 0
        while index < text.count {
            let character = text[index]
            index += 1
            switch character {
            case "*" where index < text.count && text[index] == "*":
                while index < text.count, text[index] == "*" { index += 1 }
                if index < text.count, text[index] == "/" { index += 1 }
                tokens += index == text.count ? [.everything] : [.optional, .folders]
            case "*": tokens.append(.some)
            case "?": tokens.append(.one)
            case "[":
                if let (set, end) = set(text, from: index) {
                    tokens.append(set)
                    index = end
                } else {
                    tokens.append(.character(character))
                }
            case "\\" where index < text.count:
                tokens.append(.character(text[index]))
                index += 1
            default: tokens.append(.character(character))
            }
        }
        return tokens
    }

    /// A set and the index after its bracket; nil if the bracket is never closed.
    private static func set(_ text: [Unicode.Scalar], from start: Int) -> (Token, Int)? {
        var index = start
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        let isNegated = index < text.count && text[index] == "^"
        if isNegated { index += 1 }
        while index < text.count, text[index] != "]" || ranges.isEmpty {
            if text[index] == "\\", index + 1 < text.count { index += 1 }
            let first = text[index]
            index += 1
            var last = first
            if index + 1 < text.count, text[index] == "-", text[index + 1] != "]" {
                last = text[index + 1]
                index += 2
            }
            if first <= last { ranges.append(first...last) }
        }
        guard index < text.count, !ranges.isEmpty else { return nil }
        return (.set(ranges, isNegated: isNegated), index + 1)
    }
}
