import FarmModel
import Testing

@testable import FarmServer

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:8080", ListenAddress.port(host: "127.0.0.1", port: 8080)), ("localhost:0", .port(host: "localhost", port: 0)),
        (":65535", .port(host: "::", port: 65_535)), ("[::1]:80", .port(host: "::1", port: 80)),
        ("[2001:db8::1]:443", .port(host: "2001:db8::1", port: 443)), ("unix:/run/bf.sock", .unix(path: "/run/bf.sock")),
        ("unix:bf.sock", .unix(path: "bf.sock")),
    ])
    func addressesAreRead(_ text: String, _ address: ListenAddress) throws {
        #expect(try ListenAddress(text) == address)
    }

    @Test(arguments: [
        "", "nonsense", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1: 80", "unix:",
        "unix:/" + String(repeating: "a", count: 107),
    ])
    func othersAreRefused(_ text: String) {
        let error = #expect(throws: FarmError.self) { try ListenAddress(text) }
        #expect(error?.status == .usage)
    }

    @Test func theLongestPath() throws {
        let path = "/" + String(repeating: "a", count: 106)
        #expect(try ListenAddress("unix:" + path) == .unix(path: path))
    }

    @Test(arguments: [
        ("127.0.0.1:1", true), ("127.1.2.3:1", true), ("localhost:1", true), ("[::1]:1", true), ("unix:/a", true), (":1", false),
        ("0.0.0.0:1", false), ("[::]:1", false), ("10.0.0.1:1", false), ("farm.example:1", false), ("localhost.example:1", false),
        ("128.0.0.1:1", false), ("127.0.0.1.example:1", false),
    ])
    func whoCanConnectIsKnown(_ text: String, _ isLocal: Bool) throws {
        #expect(try ListenAddress(text).isLocal == isLocal)
    }

    @Test(arguments: ["127.0.0.1:8080", "[::1]:80", "unix:/run/bf.sock"])
    func theyAreWrittenAsTheyAreRead(_ text: String) throws {
        #expect(try ListenAddress(text).description == text)
    }

    @Test func socketsThatWereHandedOver() {
        #expect(ListenAddress.inherited(descriptor: 3, isLocal: true).isLocal)
        #expect(!ListenAddress.inherited(descriptor: 3, isLocal: false).isLocal)
        #expect(!ListenAddress.inherited(descriptor: 3, isLocal: true).isURL)
    }

    @Test(arguments: [
        ("localhost", true), ("LocalHost:80", true), ("127.0.0.1:8080", true), ("[::1]", true), ("[::1]:8080", true), ("", false),
        ("localhost:", true), ("localhost:80a", false), ("localhost:80:80", false), ("127.0.0.1@evil.example", false),
        ("evil.example", false), ("127.0.0.1.evil.example", false), ("127.1", false), ("127.0.0.256", false), ("0.0.0.0", false),
        ("[::1].example", false), ("[::2]", false), ("localhost.", false),
    ])
    func namesOfThisMachine(_ authority: String, _ isLoopback: Bool) {
        #expect(Loopback.isLoopback(authority) == isLoopback)
    }

    @Test(arguments: [
        ("http://localhost:8080", true), ("https://127.0.0.1", true), ("null", false), ("", false), ("localhost", false),
        ("http://evil.example", false), ("http://localhost.evil.example", false), ("file://localhost", false),
    ])
    func originsOfThisMachine(_ origin: String, _ isLoopback: Bool) {
        #expect(Loopback.isLoopback(origin: origin) == isLoopback)
    }
}
