import NIOCore
import NIOHTTP1
import Testing

@testable import FarmServer

@Suite struct HeadRulesTests {
    private func head(_ target: String, _ headers: HTTPHeaders, version: HTTPVersion = .http1_1, method: HTTPMethod = .GET)
        -> HTTPRequestHead
    {
        HTTPRequestHead(version: version, method: method, uri: target, headers: headers)
    }

    @Test(arguments: ["farm", "farm:8080", "[::1]:8080", ""])
    func hosts(_ host: String) { #expect(HeadRules.areKept(by: head("/", ["Host": host]))) }

    @Test(arguments: ["a b", "a@b", "a/b", "a,b", "a\\b", "a\u{e9}", "a\u{0}"])
    func hostsThatAreNone(_ host: String) { #expect(!HeadRules.areKept(by: head("/", ["Host": host]))) }

    @Test func oneHost() {
        #expect(!HeadRules.areKept(by: head("/", [:])))
        #expect(!HeadRules.areKept(by: head("/", ["Host": "a", "host": "a"])))
        #expect(HeadRules.areKept(by: head("/", [:], version: .http1_0)))
    }

    @Test func wholeAddresses() {
        #expect(HeadRules.areKept(by: head("http://Farm:80/x?y", ["Host": "farm:80"])))
        #expect(HeadRules.areKept(by: head("*", ["Host": "farm"], method: .OPTIONS)))
        #expect(!HeadRules.areKept(by: head("http://other/x", ["Host": "farm"])))
        #expect(!HeadRules.areKept(by: head("ftp://farm/x", ["Host": "farm"])))
        #expect(!HeadRules.areKept(by: head("farm:80", ["Host": "farm:80"], method: .CONNECT)))
    }

    @Test func whatOldVersionsDoNotKnow() {
        #expect(!HeadRules.areKept(by: head("/", ["Host": "farm", "Transfer-Encoding": "chunked"], version: .http1_0)))
        #expect(!HeadRules.areKept(by: head("/", ["Host": "farm"], version: .init(major: 2, minor: 0))))
    }

    private let opening: HTTPHeaders = [
        "Host": "farm", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ]

    @Test func openings() { #expect(WebSocketRules.areKept(by: head("/", opening))) }

    @Test(arguments: ["Upgrade", "Connection", "Sec-WebSocket-Version", "Sec-WebSocket-Key"])
    func openingsThatLack(_ name: String) {
        var headers = opening
        headers.remove(name: name)
        #expect(!WebSocketRules.areKept(by: head("/", headers)))
    }

    @Test func openingsWithABody() {
        var headers = opening
        headers.add(name: "Content-Length", value: "0")
        #expect(!WebSocketRules.areKept(by: head("/", headers)))
        #expect(!WebSocketRules.areKept(by: head("/", opening, method: .POST)))
    }
}

@Suite struct ClientPaceTests {
    private func body(_ count: Int) -> HTTPServerRequestPart { .body(ByteBuffer(repeating: 0, count: count)) }

    @Test func whoSendsEnoughGoesOn() {
        var pace = ClientPace(leastBytes: 100)
        pace.received(body(60))
        pace.received(body(40))
        pace.asked()
        let isTooSlow = (pace.isTooSlow(), pace.isTooSlow())
        #expect(isTooSlow == (false, true))
    }

    @Test func timeInWhichNobodyReadsDoesNotCount() {
        var pace = ClientPace(leastBytes: 100)
        pace.received(body(1))
        let before = pace.isTooSlow()
        pace.asked()
        let after = pace.isTooSlow()
        #expect(!before && after)
    }
}
