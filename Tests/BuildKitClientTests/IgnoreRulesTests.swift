import Testing

@testable import BuildKitClient

@Suite struct IgnoreRulesTests {
    /// Text, path, whether it is ignored.
    @Test(arguments: [
        ("a", "a", true), ("a", "a/b", true), ("a", "b/a", false), ("a", "ab", false),
        ("/a", "a", true), ("a/", "a", true), ("./a", "a", true), ("b/../a", "a", true), ("//a//b", "a/b", true),
        ("*", "a", true), ("*", "a/b", true), ("*/b", "a/b", true), ("*/b", "a/c/b", false), ("*.o", "x.o", true), ("*.o", "d/x.o", false),
        ("?.o", "x.o", true), ("?.o", "xx.o", false), ("a?b", "a/b", false),
        ("**/x", "x", true), ("**/x", "a/x", true), ("**/x", "a/b/x", true), ("**/x", "a/bx", false), ("**/*.o", "a/b/c.o", true),
        ("a/**", "a/b/c", true), ("a/**", "a", false), ("a/**/z", "a/z", true), ("a/**/z", "a/b/c/z", true), ("a/**/z", "a/bz", false),
        ("**", "anything/at/all", true), ("**/a/**", "x/a/y", true), ("a**", "abc/d", true), ("a**b", "ab", true),
        ("[a-c]x", "bx", true), ("[a-c]x", "dx", false), ("[^a]x", "bx", true), ("[^a]x", "ax", false), ("[a", "[a", true),
        ("[]]", "]", true),
        ("\\*", "*", true), ("\\*", "a", false), ("a\\?", "a?", true), ("ä?", "äö", true), ("a.b", "aXb", false), ("a+", "aa", false),
        ("# a", "# a", false), ("#a", "#a", false), (" a ", "a", true), ("\\#a", "#a", true), ("\u{feff}a", "a", true), ("", "a", false),
        ("a\n!a", "a", false), ("!a\na", "a", true), ("a\n!a/b", "a/b", false), ("a\n!a/b", "a/c", true), ("a\n!a/b\na/b/c", "a/b/c", true),
        ("*\n!*.md", "x.md", false), ("*\n!*.md\nREADME.md", "README.md", true),
        ("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true),
        ("*.md\n!README*.md\nREADME-secret.md", "README-x.md", false), ("*\r\n!a\r\n", "a", false), ("! a\nb", "b", true),
        ("*\n! a", "a", false),
        ("**/node_modules\n!**/node_modules/keep", "x/node_modules/keep/f", false), ("a\n\n\n#x\nb", "b", true),
    ])
    func theLastRuleThatMatchesDecides(_ text: String, _ path: String, _ isIgnored: Bool) {
        #expect((IgnoreRules(text: text).verdict(path) != .kept) == isIgnored)
    }

    @Test(arguments: [
        ("a", "a", false), ("a\n!a/b", "a", true), ("a\n!x", "a", false), ("*\n!a/b/c", "a", true), ("*\n!a/b/c", "a/b", true),
        ("*\n!a/b/c", "a/x", false), ("a\n!**/x", "a", true), ("a\n!a/b\na", "a", false),
    ])
    func foldersAreEnteredWhereSomethingMayBeBroughtBack(_ text: String, _ path: String, _ mayKeep: Bool) {
        #expect(IgnoreRules(text: text).verdict(path) == .ignored(mayKeepBeneath: mayKeep))
    }

    @Test func aHostilePatternTakesItsTimeOnly() {
        let rules = IgnoreRules(text: String(repeating: "*a", count: 200) + "b")
        #expect(rules.verdict(String(repeating: "a", count: 400)) == .kept)
    }

    @Test func patternsAsADaemonSendsThemMayBeginWithAHash() {
        #expect(IgnoreRules(patterns: ["#a"]).verdict("#a") != .kept)
    }
}
