/// The rules of an ignore file, in the syntax of `gitignore(5)`; paths are relative to the folder that holds the file.
///
/// One difference from git: `?` and sets stand for a character where git takes a byte.
public struct IgnoreRules: Sendable {
    private struct Rule {
        /// One name at any depth, or a whole path.
        enum Pattern {
            case name(NamePattern)
            case path(PathPattern)
        }

        let pattern: Pattern
        let isNegated: Bool
        let onlyFolders: Bool
    }

    private var rules: [Rule] = []

    /// No rules.
    public init() {}

    /// Reads the text of an ignore file.
    public init(_ text: String) {
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        rules = text.unicodeScalars.split(separator: "\n").compactMap { Self.rule(String($0)) }
    }

    /// Whether the rules leave out a path. The last rule that fits decides. The folders it lies in are not asked about: what is in a folder
    /// that is left out is left out too, whatever the rules say of it.
    public func ignores(_ path: String, isFolder: Bool) -> Bool { ignores(PathNames(path), isFolder: isFolder) }

    func ignores(_ path: PathNames, isFolder: Bool) -> Bool {
        guard let name = path.names.last else { return false }
        for rule in rules.reversed() where isFolder || !rule.onlyFolders {
            let fits =
                switch rule.pattern {
                case .name(let pattern): pattern.matches(name)
                case .path(let pattern): pattern.relation(to: path).isMatch
                }
            if fits { return !rule.isNegated }
        }
        return false
    }

    private static func rule(_ line: String) -> Rule? {
        var text = Array(line.unicodeScalars)
        if text.first == "#" { return nil }
        if text.last == "\r" { text.removeLast() }
        text.removeLast(text.count - lengthWithoutTrailingSpaces(text))
        let isNegated = text.first == "!"
        if isNegated { text.removeFirst() }
        let onlyFolders = text.last == "/"
        if onlyFolders { text.removeLast() }
        let isAnchored = text.first == "/"
        if isAnchored { text.removeFirst() }
        guard !text.isEmpty, let tokens = GlobParser.tokens(of: String(String.UnicodeScalarView(text))) else { return nil }
        return Rule(pattern: pattern(tokens, isAnchored: isAnchored), isNegated: isNegated, onlyFolders: onlyFolders)
    }

    /// Spaces at the end do not count unless a backslash stands before them.
    private static func lengthWithoutTrailingSpaces(_ text: [Unicode.Scalar]) -> Int {
        var length = 0
        var index = 0
        while index < text.count {
            let isEscape = text[index] == "\\"
            let isSpace = text[index] == " "
            index = min(text.count, index + (isEscape ? 2 : 1))
            if !isSpace { length = index }
        }
        return length
    }

    /// A slash anywhere but at the end ties the pattern to the folder of the ignore file.
    private static func pattern(_ tokens: [GlobToken], isAnchored: Bool) -> Rule.Pattern {
        guard isAnchored || tokens.contains(.slash) else { return .name(NamePattern(tokens)) }
        return .path(PathPattern(tokens.split(separator: .slash, omittingEmptySubsequences: false).map { NamePattern($0) }))
    }
}
