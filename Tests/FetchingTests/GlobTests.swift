import FarmModel
import Fetching
import Testing

@Suite struct GlobTests {
    @Test(
        arguments: [
            ("*.c", "a.c", true), ("*.c", "x/a.c", false), ("**/*.c", "a.c", true), ("**/*.c", "x/y/a.c", true), ("x/**", "x", false),
            ("x/**", "x/y/z", true), ("x/**/z", "x/z", true), ("x/**/z", "x/a/b/z", true), ("x/**/z", "xa/z", false), ("?", "é", true),
            ("[à-ü]", "é", true), ("[!a-c]", "b", false), ("[!a-c]", "d", true), ("[]a]", "]", true), ("a\\*b", "a*b", true),
            ("a\\*b", "axb", false), ("[[:digit:]]*", "7up", true), ("./lib//a/", "lib/a", true), ("a[", "a[", false), ("a\\", "a", false),
            ("**", "a/b/c", true), ("a**b", "axxb", true), ("a**b", "a/b", false), ("a/**/b/**/c", "a/x/b/y/z/c", true),
            ("*", "a/b", false), ("", "a", false), ("[a-]", "-", true), ("[[:nonsense:]]", "a", false),
            ("a/*", "a/\u{301}x", true), ("*", "a/\u{301}x", false),
        ] as [(String, String, Bool)])
    func globsFitWholePaths(glob: String, path: String, fits: Bool) {
        #expect(Glob(glob).matches(path) == fits)
    }

    @Test func hostileGlobsTakeNoExponentialTime() {
        let stars = String(repeating: "*a", count: 2_000) + "b"
        #expect(!Glob(stars).matches(String(repeating: "a", count: 4_000)))
        let depths = String(repeating: "**/a/", count: 800) + "b"
        #expect(!Glob(depths).matches(Array(repeating: "a", count: 2_000).joined(separator: "/")))
    }

    @Test func outputsAreKeptByPattern() {
        let choice = OutputChoice([
            OutputPattern(glob: "lib/**/*.a"), OutputPattern(glob: "doc"), OutputPattern(glob: "log", isRequired: false),
        ])
        #expect(choice.verdict("lib", isFolder: true) == .passage)
        #expect(choice.verdict("lib", isFolder: false) == .omitted)
        #expect(choice.verdict("lib/x", isFolder: true) == .passage)
        #expect(choice.verdict("lib/x/y.a", isFolder: false) == .taken)
        #expect(choice.verdict("lib/x/y.so", isFolder: false) == .omitted)
        #expect(choice.verdict("doc/a/b", isFolder: false) == .taken)
        #expect(choice.verdict("bin", isFolder: true) == .omitted)
        #expect(choice.missing(among: ["lib", "lib/y.a", "doc"]).isEmpty)
        #expect(choice.missing(among: ["lib", "doc/x"]) == [OutputPattern(glob: "lib/**/*.a"), OutputPattern(glob: "doc")])
        #expect(OutputChoice([]).takes("anything", isFolder: false))
    }

    @Test func localFilesAreChosen() {
        let source = LocalSource(path: ".", include: ["src/**/*.c", "Makefile"], exclude: ["src/old"])
        let choice = LocalChoice(source, ignoreText: "*_test.c\n!keep_test.c\n")
        #expect(choice.takes("Makefile", isFolder: false))
        #expect(choice.verdict("src", isFolder: true) == .passage)
        #expect(choice.takes("src/a/b.c", isFolder: false))
        #expect(!choice.takes("src/a/b.h", isFolder: false))
        #expect(!choice.takes("src/old", isFolder: true))
        #expect(!choice.takes("src/a_test.c", isFolder: false))
        #expect(choice.takes("src/keep_test.c", isFolder: false))
        #expect(!choice.takes("doc", isFolder: true))
    }

    @Test func repositoriesAreLeftOutUnlessNamed() {
        let all = LocalChoice(LocalSource(path: "."))
        #expect(!all.takes(".git", isFolder: true))
        #expect(!all.takes("vendor/x/.git", isFolder: false))
        #expect(all.takes(".github", isFolder: true))
        let everything = LocalChoice(LocalSource(path: ".", include: ["**"]))
        #expect(!everything.takes(".git", isFolder: true))
        let named = LocalChoice(LocalSource(path: ".", include: ["**", ".git"]))
        #expect(named.takes(".git", isFolder: true))
        #expect(named.takes(".git/config", isFolder: false))
        #expect(!named.takes("x/.git", isFolder: true))
    }
}
