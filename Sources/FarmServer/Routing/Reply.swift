import FarmAPI
import FarmModel
import HTTPTypes
import Hummingbird
import NIOCore

/// What a handler answers, before it is made conditional and small.
struct Reply: Sendable {
    enum Body: Sendable {
        case bytes(ByteBuffer)
        case stream(ResponseBody)
    }

    var status: HTTPResponse.Status
    var headers: HTTPFields
    var body: Body

    init(_ status: HTTPResponse.Status, headers: HTTPFields = [:], body: Body = .bytes(ByteBuffer())) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A JSON value.
    static func json(_ status: HTTPResponse.Status = .ok, _ value: JSONValue, type: String = "application/json") -> Reply {
        var writer = JSONWriter()
        writer.write(value)
        writer.endRecord()
        return Reply(status, headers: [.contentType: type], body: .bytes(ByteBuffer(bytes: writer.bytes)))
    }

    /// A JSON object.
    static func json(_ status: HTTPResponse.Status = .ok, _ object: JSONObject) -> Reply { json(status, .object(object)) }

    /// Plain text.
    static func text(_ status: HTTPResponse.Status = .ok, _ text: String, type: String = "text/plain; charset=utf-8") -> Reply {
        Reply(status, headers: [.contentType: type], body: .bytes(ByteBuffer(string: text)))
    }

    /// A problem document.
    static func problem(_ problem: Problem, requestID: String) -> Reply {
        let status = HTTPResponse.Status(code: problem.status)
        let document = problem.json(requestID: requestID)
        var reply = json(status, .object(document), type: "application/problem+json")
        if let seconds = problem.retryAfterSeconds { reply.headers[.retryAfter] = String(seconds) }
        if problem.status == 401 { reply.headers[.wwwAuthenticate] = "Bearer realm=\"bf\"" }
        return reply
    }

    /// Bytes of the body; 0 if it is made while it is sent.
    var knownSize: Int { if case .bytes(let buffer) = body { buffer.readableBytes } else { 0 } }

    /// As the library wants it.
    var response: Response {
        switch body {
        case .bytes(let buffer): Response(status: status, headers: headers, body: ResponseBody(byteBuffer: buffer))
        case .stream(let stream): Response(status: status, headers: headers, body: stream)
        }
    }
}
