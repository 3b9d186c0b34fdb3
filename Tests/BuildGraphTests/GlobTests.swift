import Testing

@testable import BuildGraph

@Suite struct GlobTests {
    @Test(arguments: [
        ("", "", true), ("", "a", false), ("a", "", false), ("*", "", true), ("*", "any/thing", true), ("?", "", false),
        ("lib*", "libpng", true), ("lib*", "zlib", false), ("*lib", "zlib", true), ("*/glib2?", "devel/glib20", true),
        ("a*b*c", "aXbXbXc", true), ("a*b*c", "aXbXbX", false), ("**a**", "bab", true), ("test-?", "test-é", true),
        ("[abc]x", "bx", true), ("[abc]x", "dx", false), ("[!abc]x", "dx", true), ("[^abc]x", "ax", false), ("[a-f0-9]", "7", true),
        ("[a-f0-9]", "g", false), ("[z-a]", "m", false), ("[]]", "]", true), ("[!]]", "]", false), ("[!]]", "a", true), ("[a-]", "-", true),
        ("[-a]", "-", true), ("[\\]]", "]", true), ("[a\\-z]", "m", false), ("[a-\\]]", "b", false), ("[α-ω]", "λ", true),
        ("[ab", "[ab", true), ("[ab", "a", false), ("[", "[", true), ("[]", "[]", true), ("[!]", "[!]", true), ("a[b[c]", "a[", true),
        ("\\*", "*", true), ("\\*", "a", false), ("\\[a]", "[a]", true), ("a\\", "a\\", true), ("[*]", "*", true), ("[?]", "a", false),
        ("A", "a", false), ("e\u{301}", "\u{E9}", false), ("*\n*", "a\nb", true), ("?", "\r\n", false),
    ])
    func table(pattern: String, name: String, matches: Bool) {
        #expect(Glob(pattern).matches(name) == matches)
    }

    @Test func agreesWithABacktrackingMatcher() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            let pattern = word(of: ["a", "b", "*", "?", "[ab]", "[!a]"], upTo: 6, &generator)
            let name = word(of: ["a", "b", "c"], upTo: 8, &generator).joined()
            #expect(Glob(pattern.joined()).matches(name) == fits(pattern[...], Substring(name)), "\(pattern.joined()) on \(name)")
        }
    }

    @Test func hostilePatternsEnd() {
        let name = String(repeating: "a", count: 5_000)
        #expect(!Glob(String(repeating: "*a", count: 500) + "b").matches(name))
        #expect(!Glob(String(repeating: "[", count: 1_000_000)).matches(name))
        #expect(Glob(String(repeating: "*", count: 1_000_000)).matches(name))
    }

    private func word(of parts: [String], upTo length: Int, _ generator: inout SeededGenerator) -> [String] {
        (0..<Int.random(in: 0...length, using: &generator)).map { _ in parts.randomElement(using: &generator) ?? "" }
    }

    private func fits(_ pattern: ArraySlice<String>, _ name: Substring) -> Bool {
        guard let token = pattern.first else { return name.isEmpty }
        let rest = pattern.dropFirst()
        if token == "*" {
            return fits(rest, name) || (!name.isEmpty && fits(pattern, name.dropFirst()))
        }
        guard let character = name.first else { return false }
        let isAccepted =
            switch token {
            case "?": true
            case "[ab]": character == "a" || character == "b"
            case "[!a]": character != "a"
            default: token == String(character)
            }
        return isAccepted && fits(rest, name.dropFirst())
    }
}
