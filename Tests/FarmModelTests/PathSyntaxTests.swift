import FarmModel
import Testing

/// A slash before a combining mark is one character with it, and a slash to the kernel still.
@Suite struct PathSyntaxTests {
    @Test func marksHideNoSlash() {
        #expect("/\u{301}etc".isAbsolutePath)
        #expect("../\u{301}x//y".pathNames() == ["..", "\u{301}x", "y"])
        #expect("a/\u{301}/".pathNames(omittingEmpty: false) == ["a", "\u{301}", ""])
        #expect("-\u{301}a:\u{301}".asciiShape == "-xxa:xx")
    }

    @Test(arguments: ["", "/", "/a", "a/", "a//b", ".", "a/./b", "..", "../a", "a/..", "../\u{301}x", "a/\u{301}b/../\u{301}c", "/\u{301}"])
    func theseAreNotOnlyNames(_ path: String) { #expect(!path.hasOnlyPathNames) }

    @Test(arguments: ["a", "a/b", "...", "..a", "a/\u{301}b", "..\u{301}/a", ".\u{301}"])
    func theseAreOnlyNames(_ path: String) { #expect(path.hasOnlyPathNames) }
}
