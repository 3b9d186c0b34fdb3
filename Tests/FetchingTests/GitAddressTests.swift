import Fetching
import Testing

@Suite struct GitAddressTests {
    @Test(arguments: [
        "https://example.org/a.git", "https://user@example.org/a", "https://user:p%40ss@example.org:8443/a/b", "https://[::1]:80/x",
        "ssh://git@example.org/a", "ssh://example.org:22/~me/a", "git://example.org/a", "git@example.org:a/b.git", "me@h:/abs",
        "https://example.org/ä",
    ])
    func goodAddresses(text: String) throws {
        #expect(try GitAddress(text).text == text)
    }

    @Test(
        arguments: [
            ("", .empty), ("-oProxyCommand=x", .optionLike), ("--upload-pack=x", .optionLike), ("ext::sh -c id", .controlCharacters),
            ("ext::id", .schemeNotAllowed), ("fd::17", .schemeNotAllowed), ("file:///etc", .schemeNotAllowed),
            ("FILE:///etc", .schemeNotAllowed),
            ("hTTps://example.org/a", .schemeNotAllowed), ("http://example.org/a", .schemeNotAllowed),
            ("ftp://example.org/a", .schemeNotAllowed),
            ("https::https://example.org/a", .schemeNotAllowed), ("a/b", .schemeNotAllowed), ("/etc/x", .schemeNotAllowed),
            ("../x", .schemeNotAllowed), ("host:path", .schemeNotAllowed), ("ssh://-oProxyCommand=id/x", .badHost),
            ("ssh://%2DoProxyCommand=id/x", .badHost), ("ssh://user@-oProxyCommand=id/x", .badHost), ("ssh://-o@host/x", .badUser),
            ("ssh://u:p@host/x", .badUser), ("https://a@b@c/x", .badHost), ("https:///x", .badHost), ("https://host", .badPath),
            ("https://host/", .badPath), ("https://host:port/x", .badHost), ("https://host:1234567/x", .badHost),
            ("https://[x]/x", .badHost),
            ("git@-host:x", .badHost), ("-git@host:x", .optionLike), ("git@host:-x", .badPath), ("git@host::x", .badPath),
            ("git@host:", .badPath),
            ("https://host/a b", .controlCharacters), ("https://host/a\nb", .controlCharacters), ("https://host/a\r", .controlCharacters),
            ("https://host/a\u{0}", .controlCharacters), ("https://host/\u{9b}31m", .controlCharacters),
            ("https://host\\@evil/x", .controlCharacters),
            ("https://host/\u{202e}x", .controlCharacters), ("https://host/\u{a0}x", .controlCharacters), ("ssh://host;id/x", .badHost),
            ("ssh://$(id)/x", .badHost), ("git@ho`id`st:x", .badHost),
        ] as [(String, GitAddress.Problem)])
    func badAddresses(text: String, problem: GitAddress.Problem) {
        #expect(throws: problem) { try GitAddress(text) }
    }

    @Test func tooLongAddresses() {
        #expect(throws: GitAddress.Problem.tooLong) { try GitAddress("https://h/" + String(repeating: "a", count: 5_000)) }
    }

    @Test func localAddressesOnlyWhereAllowed() throws {
        #expect(try GitAddress("file:///srv/x", allowing: [.file]).scheme == .file)
        #expect(throws: GitAddress.Problem.badHost) { try GitAddress("file://host/x", allowing: [.file]) }
        #expect(throws: GitAddress.Problem.schemeNotAllowed) { try GitAddress("a@b:c", allowing: [.https]) }
    }

    @Test(arguments: [
        ("https://user:secret@h/x", "https://user:***@h/x"), ("https://token@h/x", "https://***@h/x"), ("ssh://git@h/x", "ssh://git@h/x"),
        ("https://h/x@y", "https://h/x@y"),
    ])
    func credentialsAreNotShown(text: String, shown: String) throws {
        #expect(try GitAddress(text).description == shown)
    }

    @Test(arguments: ["main", "v1.0", "feature/x", "refs/heads/main", "a@b", "ä"])
    func goodReferences(text: String) { #expect(GitNames.isReference(text)) }

    @Test(arguments: [
        "", "-x", "--upload-pack=x", "a..b", "a b", "a~1", "a^", "a:b", "a?", "a*", "a[", "a\\b", "/a", "a/", "a//b", ".a", "a/.b",
        "a.lock",
        "a.lock/b", "a.", "@", "a@{1}", "a\n", "a\u{7f}", "HEAD^{}",
        "-\u{301}x", "a..\u{301}", "@{\u{301}", ".\u{301}a", "a/\u{301}/../b",
    ])
    func badReferences(text: String) { #expect(!GitNames.isReference(text)) }

    @Test(arguments: ["", ".", "..", "a/../b", "/a", "a/", "a//b", ".git", "a/.GIT/hooks", "a\r", "a/../\u{301}b", "/\u{301}"])
    func badSubfolders(text: String) { #expect(!GitNames.isSubfolder(text)) }

    @Test func commitsAreFullIds() {
        #expect(GitNames.isCommit(String(repeating: "a", count: 40)))
        #expect(GitNames.isCommit(String(repeating: "0", count: 64)))
        for text in [
            "", "abc", String(repeating: "A", count: 40), String(repeating: "g", count: 40), "-" + String(repeating: "a", count: 39),
        ] {
            #expect(!GitNames.isCommit(text))
        }
    }
}
