import FarmAPI
import FarmModel
import HTTPTypes
import HostSystem
import Hummingbird
import NIOCore

extension Route.Dialect {
    /// Whose clients ask below a path that leads nowhere.
    init(ofPath path: String) {
        self = path.hasPrefix("/melange/") ? .melange : path.hasPrefix("/dsynth/") ? .dsynth : .native
    }

    /// An error as clients of the dialect know it. What was thrown in the words of a dialect stays as it is.
    func reply(to error: any Error, requestID: String) -> Reply {
        switch error {
        case let error as MelangeError: .melange(error)
        case let error as DsynthError: .dsynth(error, requestID: requestID)
        default: reply(Problem(any: error), requestID: requestID)
        }
    }

    /// A problem as clients of the dialect know it.
    func reply(_ problem: Problem, requestID: String) -> Reply {
        var reply: Reply =
            switch self {
            case .native: .problem(problem, requestID: requestID)
            case .melange: .melange(MelangeError(problem))
            case .dsynth: .dsynth(DsynthError(problem), requestID: requestID)
            }
        if let seconds = problem.retryAfterSeconds { reply.headers[.retryAfter] = String(seconds) }
        if problem.status == 401 { reply.headers[.wwwAuthenticate] = "Bearer realm=\"bf\"" }
        return reply
    }
}

extension Reply {
    /// A value as a service written in Go answers it.
    static func melange(_ status: HTTPResponse.Status = .ok, _ value: JSONValue) -> Reply {
        Reply(status, headers: [.contentType: "application/json"], body: .bytes(ByteBuffer(bytes: GoText.json(value))))
    }

    /// An error of the melange services.
    static func melange(_ error: MelangeError) -> Reply {
        Reply(
            HTTPResponse.Status(code: error.status),
            headers: [.contentType: MelangeError.contentType, .xContentTypeOptions: "nosniff"],
            body: .bytes(ByteBuffer(bytes: error.body)))
    }

    /// Data in go-dsynth's envelope.
    static func dsynth(_ status: HTTPResponse.Status = .ok, _ data: JSONObject, _ call: Call) -> Reply {
        json(status, envelope(data, call))
    }

    /// go-dsynth's envelope around data.
    static func envelope(_ data: JSONObject, _ call: Call) -> JSONObject {
        DsynthEnvelope.success(data, DsynthMeta(requestID: call.context.requestID))
    }

    /// An error in go-dsynth's envelope.
    static func dsynth(_ error: DsynthError, requestID: String) -> Reply {
        json(HTTPResponse.Status(code: error.code.status), DsynthEnvelope.failure(error, DsynthMeta(requestID: requestID)))
    }
}

extension DsynthMeta {
    /// What an answer says of itself that is made now.
    fileprivate init(requestID: String) { self.init(timeMilliseconds: Clock.wallMilliseconds, requestID: requestID) }
}
