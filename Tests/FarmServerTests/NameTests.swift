import Testing

@testable import FarmServer

@Suite struct NameTests {
    @Test func plainNamesAreQuoted() {
        #expect(Disposition.attachment("a b-1.0.tar") == "attachment; filename=\"a b-1.0.tar\"")
    }

    @Test func otherNamesAreEncoded() {
        #expect(Disposition.attachment("ü\"") == "attachment; filename=\"___\"; filename*=UTF-8''%C3%BC%22")
        #expect(Disposition.attachment("a%41\\") == "attachment; filename=\"a_41_\"; filename*=UTF-8''a%2541%5C")
    }

    @Test func namesCannotMakeFields() {
        let field = Disposition.attachment("a\r\nSet-Cookie: x\u{0}\u{7f}")
        #expect(field.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        #expect(field.hasPrefix("attachment; filename=\"a__Set-Cookie: x__\"; "))
    }

    @Test(arguments: [("a.txt", MediaType.text), ("a.PNG", "image/png"), ("a.tar.gz", MediaType.bytes), ("a", MediaType.bytes)])
    func harmlessTypesAreNamed(_ name: String, _ type: String) {
        #expect(MediaType.of(name) == type)
    }

    @Test(arguments: ["a.html", "a.svg", "a.xml", "a.js", "a.pdf", "a.htm.", ".html", "a.xhtml"])
    func nothingRunsInABrowser(_ name: String) {
        #expect(MediaType.of(name) == MediaType.bytes)
    }
}
