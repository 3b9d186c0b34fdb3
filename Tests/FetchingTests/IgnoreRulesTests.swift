import Fetching
import HostSystem
import Testing

/// git itself says what an ignore file leaves out.
@Suite struct IgnoreRulesTests {
    /// The answer of a walk from the outside inwards.
    private func ignored(_ rules: IgnoreRules, _ path: String, isFolder: Bool) -> Bool {
        let names = path.split(separator: "/")
        for length in 1...names.count {
            let prefix = names.prefix(length).joined(separator: "/")
            if rules.ignores(prefix, isFolder: length < names.count || isFolder) { return true }
        }
        return false
    }

    /// Compares with `git check-ignore` over files and folders that really lie there.
    private func compare(_ text: String, files: [String], folders: [String]) throws {
        let place = try TestFolder()
        try shell("git init -q .", in: place.path)
        for folder in folders { try place.folder(folder) }
        for file in files { try place.write("", to: file) }
        try place.write(text, to: ".gitignore")
        let asked = files + folders
        let result = try Subprocess.run(
            ["git", "check-ignore", "--no-index", "-z", "--stdin"], environment: helperEnvironment, workingDirectory: place.path,
            input: Array(asked.joined(separator: "\0").utf8) + [0], deadline: farDeadline)
        let answer = Set(result.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
        let rules = IgnoreRules(text)
        for path in asked {
            #expect(
                ignored(rules, path, isFolder: folders.contains(path)) == answer.contains(path),
                "\(path) by \(text.debugDescription)")
        }
    }

    private static let names = ["a", "b", "ab", "aa", "b.c", "a.c", "-", "]", "a b", "#a", "!a"]

    /// Every name at two depths, as a file in some folders and as folders.
    private static let folders = ["a", "b", "ab", "a/b", "a/a", "a/b/a", "b/ab", "c", "c/a"]
    private static let files: [String] = ["", "a/", "a/b/", "b/", "c/"].flatMap { prefix in
        names.map { prefix + $0 }
    }.filter { !folders.contains($0) }

    @Test(arguments: [
        "a", "/a", "a/", "/a/", "a/b", "*", "*\n!*/\n!a.c", "*.c\n!b.c", "**/a", "a/**", "a/**/a", "**", "/**", "**/", "a**", "**a",
        "a/**b",
        "# a\nb", "\\#a", "\\!a", "!a", "a \nb", "a\\ b", "a b  ", "a\\ ", "[ab]", "[!a]", "[^a]", "[a-b]", "[]-]", "[\\]]", "a[", "[",
        "\\",
        "a\\", "/", "//", "a//b", "a//", "!", "\u{FEFF}a", "a\r\nb\r\n", "a\\/b", "a[/]b", "[[:alpha:]]", "[[:alpha:]", "[[:bad:]]", "[[:]",
        "[[:a]", "?", "??", "*a*", "a*b", "***", "a/***/a", "*/b", "*/*", "/*\n!/a", "a/*\n!a/b", "[b-a]", "[a-", "[a-]", "", "\n\n", " a",
        "\ta",
        "a\t",
    ])
    func singleFiles(text: String) throws {
        try compare(text, files: Self.files, folders: Self.folders)
    }

    /// git takes the stars of `a**/b` for those of `**/b`, against its own manual, because it compares the plain start of a pattern apart.
    private func isTreatedOddly(_ line: String) -> Bool {
        guard line.contains("/"), let stars = line.firstRange(of: "**") else { return false }
        let start = line[..<stars.lowerBound]
        return !start.isEmpty && !start.hasSuffix("/") && !start.contains { "*?[\\".contains($0) }
    }

    @Test func randomFiles() throws {
        var generator = SplitMix(state: 20_260_101)
        let pieces = ["a", "b", "c", "*", "**", "?", "/", "[a-b]", "[!a]", ".c", "\\", "!", " ", "#", "ab", "]", "-"]
        for _ in 0..<300 {
            let lines = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                (0..<Int.random(in: 1...5, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            }
            try compare(lines.filter { !isTreatedOddly($0) }.joined(separator: "\n"), files: Self.files, folders: Self.folders)
        }
    }
}

/// A generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
