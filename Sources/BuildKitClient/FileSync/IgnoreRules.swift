/// Which files of a folder are left out: patterns in order, of which the last that matches decides; those after `!` bring back.
public struct IgnoreRules: Sendable, Equatable {
    private struct Rule: Sendable, Equatable {
        var pattern: PathPattern
        var bringsBack: Bool
    }

    private var rules: [Rule] = []

    /// What is to become of a path.
    public enum Verdict: Sendable, Equatable {
        /// It is sent.
        case kept
        /// It is left out; in a folder there may be something that a later rule brings back.
        case ignored(mayKeepBeneath: Bool)
    }

    /// Patterns as a daemon sends them, one each.
    public init(patterns: [String]) {
        for text in patterns {
            var pattern = text.trimmed
            let bringsBack = pattern.hasPrefix("!")
            if bringsBack { pattern = String(pattern.dropFirst()).trimmed }
            guard !pattern.isEmpty else { continue }
            rules.append(Rule(pattern: PathPattern(pattern), bringsBack: bringsBack))
        }
    }

    /// The text of a `.dockerignore` file: a pattern a line; lines that begin with `#` say nothing.
    public init(text: String) {
        let unmarked = text.hasPrefix("\u{feff}") ? text.dropFirst() : text[...]
        let lines = unmarked.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline)
        self.init(patterns: lines.filter { !$0.hasPrefix("#") }.map(String.init))
    }

    /// Whether there are no rules.
    public var isEmpty: Bool { rules.isEmpty }

    /// Judges a path without a leading slash.
    public func verdict(_ path: String) -> Verdict {
        var isIgnored = false
        var mayKeepBeneath = false
        for rule in rules {
            let result = rule.pattern.compare(path)
            if rule.bringsBack {
                if result.matches { isIgnored = false }
                mayKeepBeneath = mayKeepBeneath || result.mayMatchBeneath
            } else if result.matches {
                isIgnored = true
                mayKeepBeneath = false
            }
        }
        return isIgnored ? .ignored(mayKeepBeneath: mayKeepBeneath) : .kept
    }
}

extension String {
    fileprivate var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}
