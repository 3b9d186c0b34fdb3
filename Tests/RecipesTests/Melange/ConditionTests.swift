import Testing

@testable import Recipes

@Suite struct ConditionTests {
    private static func holds(_ condition: String) throws(SubstitutionFault) -> Bool {
        let values = ["build.arch": "x86_64", "yes": "true", "no": "false", "quote": "it's \"x\"", "empty": "", "tricky": "a' == 'a"]
        return try Condition.holds(condition) { name throws(SubstitutionFault) in
            guard let value = values[name] else { throw SubstitutionFault(unknown: name) }
            return value
        }
    }

    @Test(arguments: [
        ("${{build.arch}} == 'x86_64'", true), ("${{build.arch}} == \"x86_64\"", true), ("${{build.arch}} != 'x86_64'", false),
        ("${{build.arch}}=='x86_64'", true), ("'x86_64' == ${{build.arch}}", true), ("'${{build.arch}}' == 'x86_64'", true),
        ("\"a-${{build.arch}}\" == 'a-x86_64'", true), ("a-${{build.arch}} == a-x86_64", true), ("x == x", true), ("x == y", false),
        ("'' == ''", true),
        ("${{empty}} == ''", true), ("(x == x)", true), ("((x == x))", true), ("x == x && y == y", true), ("x == y && y == y", false),
        ("x == y || y == y", true), ("x == y || y == z", false), ("x == x || x == x && x == y", false),
        ("x == y && x == y || x == x", true),
        ("x == x || (x == x && x == y)", true), ("!(x == y)", true), ("!x == y", true), ("!!(x == x)", true), ("!(x == x) || x == x", true),
        ("true", true), ("false", false), ("!false", true), ("${{yes}}", true), ("${{no}}", false), ("${{yes}} && !${{no}}", true),
        ("'true'", true), (#"'it\'s' == "it's""#, true), (#"'a\\b' == "a\\b""#, true), (#"'a\nb' == 'a\nb'"#, true),
        (#"'\q' == "\\q""#, true),
        (#"${{quote}} == 'it\'s "x"'"#, true), (#"'${{quote}}' == "it's \"x\"""#, true), ("${{tricky}} == a", false),
        ("'${{tricky}}' == 'a'", false),
        ("  x  ==\n\ty ", false), ("3.11 == 3.11", true), ("'a || b' == 'a || b'", true), ("https://a/b == 'https://a/b'", true),
    ])
    func isJudged(_ condition: String, _ expected: Bool) throws {
        #expect(try Self.holds(condition) == expected)
    }

    @Test(arguments: [
        ("", "expected a text, found end at character 1 of the condition"),
        ("x ==", "expected a text, found end at character 5 of the condition"),
        ("x", #"expected == or != after "x", found end at character 2 of the condition"#),
        ("x = y", #"expected == or != after "x", found "= y" at character 3 of the condition"#),
        ("'x == y", "a quote that does not end at character 8 of the condition"),
        ("(x == x", #"expected ")", found end at character 8 of the condition"#),
        ("x == x)", #"unexpected ")" at character 7 of the condition"#), ("x == y z", #"unexpected "z" at character 8 of the condition"#),
        ("&& x == x", #"expected a text, found "&& x == x" at character 1 of the condition"#),
        ("x == x &&", "expected a text, found end at character 10 of the condition"),
        ("x == x & y == y", #"unexpected "& y == y" at character 8 of the condition"#),
        ("${{nope}} == x", #"unknown variable "${{nope}}""#),
        ("${{yes == x", #""${{yes == x" does not end; write ${{name}} at character 1 of the condition"#),
        ("x == $y", #"expected a text, found "$y" at character 6 of the condition"#),
        ("x == y || ${{zzzzzzzzzz}} == y", #"unknown variable "${{zzzzzzzzzz}}""#),
        ("== x", #"expected a text, found "== x" at character 1 of the condition"#),
        ("!= x", #"expected a text, found "!= x" at character 1 of the condition"#),
    ])
    func isRefused(_ condition: String, _ message: String) throws {
        let fault = try #require(throws: SubstitutionFault.self) { try Self.holds(condition) }
        #expect(fault.message == message)
    }

    @Test(arguments: ["(", "!", "!("]) func depthIsBounded(_ opening: String) throws {
        let fault = try #require(throws: SubstitutionFault.self) { try Self.holds(String(repeating: opening, count: 2000)) }
        #expect(fault.message.contains("deeper than 50"))
    }

    @Test func lengthIsBounded() throws {
        let long = String(repeating: "x", count: 5000)
        #expect(throws: SubstitutionFault.self) { try Self.holds("\(long) == x") }
        let fault = try #require(throws: SubstitutionFault.self) { try Condition.holds("${{x}} == y") { _ in long } }
        #expect(fault.message == "longer than 4096 bytes once its variables are replaced")
    }
}
