import FarmModel
import Testing

@testable import EngineClient

@Suite struct EngineAddressTests {
    @Test func socketsHostsAndPorts() throws {
        #expect(try EngineAddress("unix:///run/x.sock").place == .unix(path: "/run/x.sock"))
        #expect(try EngineAddress("docker:///run/x.sock").place == .unix(path: "/run/x.sock"))
        #expect(try EngineAddress("docker://machine:99").place == .tcp(host: "machine", port: 99))
        #expect(try EngineAddress("tcp://10.0.0.1").place == .tcp(host: "10.0.0.1", port: 2375))
        #expect(try EngineAddress("tcp://machine", tls: BackendTLS()).place == .tcp(host: "machine", port: 2376))
        #expect(try EngineAddress("tcp://[::1]:99").place == .tcp(host: "::1", port: 99))
    }

    @Test func basesOfURLs() throws {
        #expect(try EngineAddress("unix:///run/a b%.sock").base == "http+unix://%2Frun%2Fa%20b%25.sock")
        #expect(try EngineAddress("tcp://[::1]:99").base == "http://[::1]:99")
        var tls = BackendTLS()
        tls.serverName = "name"
        #expect(try EngineAddress("tcp://10.0.0.1:1", tls: tls).base == "https://name:1")
    }

    @Test(arguments: [
        "", "unix://", "unix://relative", "tcp://", "tcp://:1", "tcp://host:0", "tcp://host:65536", "tcp://host:x", "tcp://a/b:1",
        "tcp://a@b:1", "http://x", "unix:///" + String(repeating: "x", count: 200),
    ]) func othersAreRefused(text: String) {
        #expect(throws: FarmError.self) { try EngineAddress(text) }
    }
}
