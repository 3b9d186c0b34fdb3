import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import FarmServer

@Suite struct CrossOriginTests {
    private let rules = CrossOrigin(origins: ["https://farm.example"])

    private func request(_ method: HTTPRequest.Method, _ fields: HTTPFields) -> Request {
        Request(
            head: HTTPRequest(method: method, scheme: "http", authority: "farm", path: "/", headerFields: fields),
            body: .init(buffer: ByteBuffer()))
    }

    @Test func onlyNamedOriginsMayAsk() {
        let asked = HTTPFields([
            HTTPField(name: .origin, value: "https://farm.example"), HTTPField(name: .accessControlRequestMethod, value: "POST"),
        ])
        #expect(rules.preflight(request(.options, asked))?.status == .noContent)
        #expect(rules.preflight(request(.get, asked)) == nil)
        #expect(CrossOrigin(origins: []).preflight(request(.options, asked)) == nil)
        var other = asked
        other[.origin] = "https://farm.example.evil"
        #expect(rules.preflight(request(.options, other)) == nil)
    }

    @Test func answersAreMarkedForNamedOriginsOnly() {
        var answer = Response(status: .ok)
        rules.mark(&answer, to: request(.get, [.origin: "https://farm.example"]))
        #expect(answer.headers[.accessControlAllowOrigin] == "https://farm.example")
        #expect(answer.headers[.accessControlAllowCredentials] == nil)
        var other = Response(status: .ok)
        rules.mark(&other, to: request(.get, [.origin: "null"]))
        #expect(other.headers[.accessControlAllowOrigin] == nil && other.headers[.vary] == "Origin")
        var closed = Response(status: .ok)
        CrossOrigin(origins: []).mark(&closed, to: request(.get, [.origin: "https://farm.example"]))
        #expect(closed.headers[.accessControlAllowOrigin] == nil && closed.headers[.vary] == nil)
    }
}
