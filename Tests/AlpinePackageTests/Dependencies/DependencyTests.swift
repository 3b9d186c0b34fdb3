import FarmModel
import Testing

@testable import AlpinePackage

@Suite struct DependencyTests {
    @Test(arguments: [
        ("busybox", Dependency(name: "busybox"), "busybox"),
        ("zlib=1.2", Dependency(name: "zlib", .equal, version: "1.2"), "zlib=1.2"),
        ("zlib>=1", Dependency(name: "zlib", .greaterOrEqual, version: "1"), "zlib>=1"),
        ("zlib=>1", Dependency(name: "zlib", .greaterOrEqual, version: "1"), "zlib>=1"),
        ("zlib <= 1.2-r3", Dependency(name: "zlib", .lessOrEqual, version: "1.2-r3"), "zlib<=1.2-r3"),
        ("  foo >  1\t", Dependency(name: "foo", .greater, version: "1"), "foo>1"),
        ("foo<1", Dependency(name: "foo", .less, version: "1"), "foo<1"),
        ("zlib~1.2", Dependency(name: "zlib", .fuzzy, version: "1.2"), "zlib~1.2"),
        ("zlib~=1.2", Dependency(name: "zlib", .fuzzy, version: "1.2"), "zlib~1.2"),
        ("zlib=~1.2", Dependency(name: "zlib", .fuzzy, version: "1.2"), "zlib~1.2"),
        ("zlib>~1.2", Dependency(name: "zlib", .greaterOrFuzzy, version: "1.2"), "zlib>~1.2"),
        ("zlib<~1.2", Dependency(name: "zlib", .lessOrFuzzy, version: "1.2"), "zlib<~1.2"),
        ("nginx@edge", Dependency(name: "nginx", tag: "edge"), "nginx@edge"),
        ("nginx=1.2@edge", Dependency(name: "nginx", .equal, version: "1.2", tag: "edge"), "nginx@edge=1.2"),
        ("nginx@edge=1.2", Dependency(name: "nginx", .equal, version: "1.2", tag: "edge"), "nginx@edge=1.2"),
        ("nginx@edge >= 1.2", Dependency(name: "nginx", .greaterOrEqual, version: "1.2", tag: "edge"), "nginx@edge>=1.2"),
        ("!uclibc", Dependency(name: "uclibc", isConflict: true), "!uclibc"),
        ("!a>1", Dependency(name: "a", .greater, version: "1", isConflict: true), "!a>1"),
        ("so:libfoo.so.1", Dependency(name: "so:libfoo.so.1"), "so:libfoo.so.1"),
        ("cmd:ls=1.0", Dependency(name: "cmd:ls", .equal, version: "1.0"), "cmd:ls=1.0"),
        ("pc:zlib>=1.2", Dependency(name: "pc:zlib", .greaterOrEqual, version: "1.2"), "pc:zlib>=1.2"),
        ("/bin/sh", Dependency(name: "/bin/sh"), "/bin/sh"),
        ("py3.11-numpy[full]", Dependency(name: "py3.11-numpy[full]"), "py3.11-numpy[full]"),
    ])
    func parsing(text: String, expected: Dependency, canonical: String) throws {
        #expect(Dependency(parsing: text) == expected)
        #expect(try Dependency(text) == expected)
        #expect(expected.description == canonical)
        #expect(Dependency(parsing: canonical) == expected)
    }

    @Test(arguments: [
        ("", "\"\" does not name a package: the name is missing"),
        ("!", #""!" does not name a package: the name is missing"#),
        ("=1", #""=1" does not name a package: the name is missing"#),
        ("foo=", #""foo=" does not name a package: a version must follow ="#),
        ("foo==", #""foo==" does not name a package: a version must follow ="#),
        ("foo=bad", #""foo=bad" does not name a package: "bad" is not a version"#),
        ("foo><1", #""foo><1" does not name a package: "><" is none of = < <= > >= ~ >~ <~"#),
        ("foo====1", #""foo====1" does not name a package: "====" is none of = < <= > >= ~ >~ <~"#),
        ("foo bar", #""foo bar" does not name a package: a name has no spaces"#),
        ("foo\nbar", #""foo\nbar" does not name a package: a name has no spaces"#),
        ("!!foo", #""!!foo" does not name a package: one ! is enough"#),
        ("foo@", #""foo@" does not name a package: "" is not a tag: after @ go letters, digits, dots, dashes and underscores"#),
        ("foo@a@b", #""foo@a@b" does not name a package: "a@b" is not a tag: after @ go letters, digits, dots, dashes and underscores"#),
        ("foo@a=1@b", #""foo@a=1@b" does not name a package: it has two tags"#),
    ])
    func faults(text: String, message: String) {
        #expect(Dependency(parsing: text) == nil)
        #expect(throws: FarmError(.badInput, message)) { try Dependency(text) }
    }

    @Test func lists() {
        #expect(Dependency.list("").isEmpty)
        #expect(Dependency.list("  a  b>1 ") == [Dependency(name: "a"), Dependency(name: "b", .greater, version: "1")])
        #expect(Dependency.list("!x so:y=1 z@1").map(\.description) == ["!x", "so:y=1", "z@1"])
        #expect(Dependency.list("z@1").first?.tag == nil)
    }

    @Test(arguments: [
        "a", "a=1", "a=1=2", "a==1", "a=", "=1", "=", "a=>1", "a>1=", "a=1~", "!a=1", "a!=1", "a\t=1", "a=\t1", "\ta", "ä=1", "a=ä", "!!a",
    ])
    func plainTermsOfListsAreReadAsAllOthers(piece: String) {
        let term = (try? DependencyScanner.term(Substring(piece))) ?? Dependency(name: piece)
        #expect(Dependency.list("b=2 \(piece)") == [Dependency(name: "b", .equal, version: "2"), term])
    }

    @Test(arguments: ["pc:librtmp=v2.4", "pc:jemalloc=5.3.0_", "=1", "!", "a><Q1abc", "a="])
    func listsKeepWhatNobodyUnderstands(piece: String) {
        #expect(Dependency.list("\(piece) next").map(\.description) == [piece, "next"])
        #expect(Dependency.list(piece).map { $0.isSatisfied(byVersion: "1.0") || $0.comparison == nil } == [!piece.hasPrefix("pc:")])
    }

    @Test(arguments: [
        ("a", "1", true), ("a", "nonsense", true), ("a=1.2", "1.2", true), ("a=1.2", "1.2-r0", false), ("a~1.2", "1.2-r0", true),
        ("a>=1.2", "1.10", true), ("a>=1.2", "nonsense", false), ("a>=1.2", "", false), ("!a<2", "1", true), ("!a<2", "2", false),
    ])
    func satisfaction(term: String, version: String, expected: Bool) throws {
        let term = try Dependency(term)
        #expect(term.isSatisfied(byVersion: version) == expected)
        if let version = PackageVersion(version) { #expect(term.isSatisfied(byVersion: version) == expected) }
    }
}
