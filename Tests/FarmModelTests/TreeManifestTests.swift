import FarmModel
import Testing

@Suite struct TreeManifestTests {
    private static func line(_ path: String, more: String = "") -> String {
        #"{"mode":493,"path":"\#(path)",\#(more)"type":"folder"}"# + "\n"
    }

    @Test func canonicalBytesAreRead() {
        let bytes = Array((Self.line("a") + Self.line("a/b") + Self.line("é") + Self.line("\u{FF21}")).utf8)
        #expect(TreeManifest(bytes: bytes)?.bytes == bytes)
        #expect(TreeManifest(bytes: []) == .empty)
    }

    @Test(arguments: [
        line("b") + line("a"), line("a") + line("a"), line("a", more: #""owner":0,"#), " " + line("a"), String(line("a").dropLast()),
        line("a") + "\n", line("\\u0061"), line("../\u{301}x"),
    ])
    func otherBytesAreNot(_ text: String) { #expect(TreeManifest(bytes: Array(text.utf8)) == nil) }
}
