import Testing

@testable import Recipes

/// A pattern, a text, and the first match with its groups: nil for no match, `-` for a group that takes no part.
struct PatternCase: CustomTestStringConvertible, Sendable {
    var pattern: String
    var text: String
    var groups: [String]?
    var testDescription: String { "\(pattern) on \(text)" }

    init(_ pattern: String, _ text: String, _ groups: String...) {
        self.pattern = pattern
        self.text = text
        self.groups = groups.isEmpty ? nil : groups
    }

    static let literals: [PatternCase] = [
        PatternCase("", "", ""), PatternCase("", "abc", ""), PatternCase("a", "a", "a"), PatternCase("a", "b"),
        PatternCase("abc", "xabcy", "abc"), PatternCase(#"\."#, "1.2", "."), PatternCase(".", "\n"), PatternCase(".", "é", "é"),
        PatternCase("(?s).", "\n", "\n"), PatternCase("a{", "a{", "a{"), PatternCase("a{,2}", "a{,2}", "a{,2}"), PatternCase("]", "]", "]"),
        PatternCase(#"\x41"#, "A", "A"), PatternCase(#"\x{1F600}"#, "😀", "😀"), PatternCase(#"\0101"#, "\u{8}1", "\u{8}1"),
        PatternCase(#"\t\n\r\f\v\a"#, "\t\n\r\u{c}\u{b}\u{7}", "\t\n\r\u{c}\u{b}\u{7}"), PatternCase(#"\Qa.b*\E+"#, "a.b**", "a.b**"),
        PatternCase(#"\_\-\/"#, "_-/", "_-/"),
    ]

    static let repetitions: [PatternCase] = [
        PatternCase("a*", "aaab", "aaa"), PatternCase("a*", "b", ""), PatternCase("a+", "baa", "aa"), PatternCase("a?", "aa", "a"),
        PatternCase("a*?", "aaa", ""), PatternCase("a+?", "aaa", "a"), PatternCase("a??", "a", ""), PatternCase("a{2}", "aaa", "aa"),
        PatternCase("a{2,}", "aaaa", "aaaa"), PatternCase("a{2,3}", "aaaa", "aaa"), PatternCase("a{2,3}?", "aaaa", "aa"),
        PatternCase("a{0}", "aa", ""), PatternCase("a{3}", "aa"), PatternCase("(ab)+", "ababa", "abab", "ab"),
        PatternCase("(a|b)*c", "abac", "abac", "a"), PatternCase("(a*)*", "aa", "aa", "aa"), PatternCase("(a*)+", "b", "", ""),
        PatternCase("(a|)+", "ab", "a", "a"), PatternCase("<.*>", "<a><b>", "<a><b>"), PatternCase("<.*?>", "<a><b>", "<a>"),
        PatternCase("(?U)<.*>", "<a><b>", "<a>"), PatternCase("(?U)<.*?>", "<a><b>", "<a><b>"), PatternCase("x*y", "xxxz"),
        PatternCase("(?:ab){2}", "ababab", "abab"), PatternCase("(a?){3}", "aa", "aa", ""), PatternCase("(){5}", "", "", ""),
    ]

    static let alternations: [PatternCase] = [
        PatternCase("a|ab", "ab", "a"), PatternCase("ab|a", "ab", "ab"), PatternCase("a|b|c", "zc", "c"),
        PatternCase("(a)|(b)", "b", "b", "-", "b"),
        PatternCase("(a|ab)(c|bcd)", "abcd", "abcd", "a", "bcd"), PatternCase("|a", "a", ""),
        PatternCase("(foo|bar)baz", "barbaz", "barbaz", "bar"),
        PatternCase("(?:a|b)c", "bc", "bc"), PatternCase("(a)(b)?", "a", "a", "a", "-"), PatternCase("((a)b)", "ab", "ab", "ab", "a"),
        PatternCase("(?P<year>[0-9]+)", "in 2024", "2024", "2024"), PatternCase("(?<x>a)(?P<y>b)", "ab", "ab", "a", "b"),
        PatternCase("a.*c|ab", "abxc", "abxc"), PatternCase("b|ab", "ab", "ab"), PatternCase("(a+)(b+)", "xaabbb", "aabbb", "aa", "bbb"),
    ]

    static let classes: [PatternCase] = [
        PatternCase("[abc]+", "xcab", "cab"), PatternCase("[^abc]+", "abxyc", "xy"), PatternCase("[a-c]+", "dcba", "cba"),
        PatternCase("[]a]+", "a]", "a]"), PatternCase("[^]a]+", "a]b", "b"), PatternCase("[a-]+", "a-b", "a-"),
        PatternCase("[-a]+", "-a", "-a"),
        PatternCase(#"[\d.]+"#, "v1.2", "1.2"), PatternCase(#"[^\d]+"#, "12ab", "ab"), PatternCase(#"\d+"#, "ab12", "12"),
        PatternCase(#"\D+"#, "12ab", "ab"),
        PatternCase(#"\w+"#, "-a_1é", "a_1"), PatternCase(#"\W+"#, "a é", " é"), PatternCase(#"\s+"#, "a \tb", " \t"),
        PatternCase(#"\S+"#, "  ab ", "ab"),
        PatternCase("[[:alpha:]]+", "12ab", "ab"), PatternCase("[[:^digit:]]+", "12ab", "ab"), PatternCase("[[:digit:]a]+", "1a2b", "1a2"),
        PatternCase(#"\pL+"#, "1éa", "éa"), PatternCase(#"\p{Lu}"#, "aB", "B"), PatternCase(#"\PL+"#, "a12", "12"),
        PatternCase(#"\p{^L}+"#, "a12", "12"),
        PatternCase(#"[\x41-\x43]+"#, "ABCD", "ABC"), PatternCase(#"[\]]"#, "]", "]"), PatternCase("[a^]+", "^a", "^a"),
        PatternCase("[.*+]+", "+*.", "+*."),
        PatternCase("[[a]", "[", "["),
    ]

    static let anchors: [PatternCase] = [
        PatternCase("^a", "ba"), PatternCase("^a", "ab", "a"), PatternCase("a$", "ab"), PatternCase("a$", "ba", "a"),
        PatternCase("^$", "", ""),
        PatternCase("(?m)^b$", "a\nb\nc", "b"), PatternCase("^b$", "a\nb\nc"), PatternCase(#"\Ab"#, "b", "b"),
        PatternCase(#"(?m)\Ab"#, "a\nb"),
        PatternCase(#"a\z"#, "ba", "a"), PatternCase(#"\bfoo\b"#, "a foo b", "foo"), PatternCase(#"\bfoo\b"#, "afoo"),
        PatternCase(#"\Boo"#, "foo", "oo"),
        PatternCase("(?i)ABC", "xabC", "abC"), PatternCase("(?i:a)b", "Ab", "Ab"), PatternCase("(?i:a)b", "AB"),
        PatternCase("(?i)a(?-i)b", "AB"),
        PatternCase("(?i)[^a]", "A"), PatternCase("(?i)[a-c]+", "xABC", "ABC"), PatternCase("((?i)a)b", "Ab", "Ab", "A"),
        PatternCase("(?i)é", "É", "É"),
        PatternCase("(^|,)b", "a,b", ",b", ","), PatternCase("a$|b", "ab", "b"), PatternCase("$a", "a"),
    ]
}

@Suite struct PatternTests {
    @Test(arguments: PatternCase.literals + PatternCase.repetitions + PatternCase.alternations + PatternCase.classes + PatternCase.anchors)
    func findsTheLeftmostMatchAndItsGroups(_ example: PatternCase) throws {
        var budget = 100_000
        let groups = try Pattern(example.pattern).firstMatch(in: example.text, budget: &budget)
        #expect(groups?.map { $0 ?? "-" } == example.groups)
    }

    @Test func theTablesAreLarge() {
        let all = [PatternCase.literals, PatternCase.repetitions, PatternCase.alternations, PatternCase.classes, PatternCase.anchors]
        #expect(all.reduce(0) { $0 + $1.count } >= 100)
    }

    @Test(arguments: [
        (#"\.(\d+)$"#, "+$1", "17.0.7.5", "17.0.7+5"), (#"^(\d+\.\d+\.\d+).(\d+).*"#, "${1}_${2}", "1.3.6.8", "1.3.6_8"),
        (#"\."#, "_", "1.2.3", "1_2_3"), ("-", "", "a-b-c", "abc"), ("x", "y", "abc", "abc"), ("", "-", "abc", "-a-b-c-"),
        ("a*", "x", "baac", "xbxcx"), ("(.*)", "<$1>", "abc", "<abc>"), (#"(\d)(\d)"#, "$2$1", "1234", "2143"),
        (#"(\d)(\d)"#, "$2x$1", "12", "1"), (#"(\d)(\d)"#, "${2}x$1", "12", "2x1"), ("a", "$$", "a", "$"), ("a", "$", "a", "$"),
        ("a", "${", "a", "${"), ("a", "${x}", "a", ""), ("a", "$9", "a", ""), ("(?P<n>a)", "[${n}]", "a", "[a]"),
        ("(a)|b", "<$1>", "ab", "<a><>"),
        ("a", "$0$0", "ba", "baa"), ("é", "e", "né", "ne"), ("__host__", "${{host.triplet.gnu}}", "a__host__b", "a${{host.triplet.gnu}}b"),
        (#"^ruby(\d\.\d+)-.*"#, "$1", "ruby3.4-rackup", "3.4"), ("b*", "x", "", "x"), ("$", "!", "a", "a!"), ("^", "!", "a", "!a"),
    ])
    func replacesEachMatch(_ pattern: String, _ template: String, _ text: String, _ expected: String) throws {
        var budget = 100_000
        #expect(try Pattern(pattern).replacing(in: text, with: PatternTemplate(template), budget: &budget) == expected)
    }

    @Test(arguments: [
        ("(", #""(" without ")""#), (")", #"")" without "(""#), ("a)", #"")" without "(""#), ("[a", #""[" without "]""#),
        ("*", "nothing to repeat"),
        ("a|*", "nothing to repeat"), ("a**", "a repetition of a repetition"), ("a+{2}", "a repetition of a repetition"),
        (#"a\"#, #"a \ at the end"#),
        (#"\q"#, "an unknown escape"), (#"\1"#, "an unknown escape"), ("[b-a]", "a range that ends before it begins"),
        ("a{1001}", "repetition count"),
        ("a{3,2}", "repetition count"), ("(?=a)", "an unknown kind of group"), ("(?P<>a)", "a group's name"),
        ("(?P<a>.)(?P<a>.)", "stands twice"),
        (#"\p{Foo}"#, "an unknown Unicode category"), ("[[:foo:]]", "an unknown class"), (#"\x{110000}"#, "not a hexadecimal number"),
        (#"\xZ"#, "not a hexadecimal number"), ("(?i", #""(" without ")""#),
    ])
    func refusesWhatIsNoPattern(_ pattern: String, _ message: String) throws {
        let fault = try #require(throws: PatternFault.self) { try Pattern(pattern) }
        #expect(fault.message.contains(message), "\(fault.message)")
    }

    @Test(arguments: [
        "(a*)*b", "(a|a)*b", "(a|aa)+$b", "(.*)(.*)(.*)(.*)(.*)x", "(a?){30}a{30}b", "((a*)*)*b", "a*a*a*a*a*a*b", "(x+x+)+y", "(.*a){20}b",
    ])
    func takesLinearTimeOnHostilePatterns(_ pattern: String) throws {
        var budget = 20_000_000
        let text = String(repeating: "a", count: 4000)
        #expect(try Pattern(pattern).firstMatch(in: text, budget: &budget) == nil)
        #expect(20_000_000 - budget < 4000 * PatternProgram.size)
    }

    @Test(arguments: [
        "((a{100}){100}){100}", "(((a{1000}){1000}){1000}){1000}", "a{1000}{1000}",
        String(repeating: "(", count: 101) + String(repeating: ")", count: 101),
        String(repeating: "a", count: 4097), String(repeating: "[a-z]", count: 2500),
    ])
    func refusesWhatIsTooLarge(_ pattern: String) {
        #expect(throws: PatternFault.self) { try Pattern(pattern) }
    }

    @Test func emptyPartsRepeatedOftenCostNothing() throws {
        var budget = 1000
        let pattern = "((((){1000}){1000}){1000}){1000}"
        #expect(throws: Never.self) { try Pattern("(?:(?:(?:(?:){1000}){1000}){1000}){1000}") }
        #expect(throws: PatternFault.self) { try Pattern(pattern) }
        #expect(try Pattern("(?:)*").firstMatch(in: "a", budget: &budget) == [""])
    }

    @Test func stopsWhenItsStepsAreSpent() throws {
        var budget = 10
        #expect(throws: PatternFault.self) {
            _ = try Pattern("b").firstMatch(in: String(repeating: "a", count: 100), budget: &budget)
        }
        var quadratic = 1_000_000
        #expect(throws: PatternFault.self) {
            _ = try Pattern("(.*b|a)").replacing(in: String(repeating: "a", count: 4000), with: PatternTemplate("x"), budget: &quadratic)
        }
    }
}
