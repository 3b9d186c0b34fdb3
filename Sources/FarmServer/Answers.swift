import FarmModel
import HTTPTypes
import Hummingbird
import NIOCore

/// A JSON answer.
func answer(_ status: HTTPResponse.Status, _ value: JSONValue, type: String = "application/json") -> Response {
    var writer = JSONWriter()
    writer.write(value)
    writer.endRecord()
    let headers: HTTPFields = [.contentType: type, .xContentTypeOptions: "nosniff"]
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes)))
}

/// An error as a problem document (RFC 9457).
func problem(_ status: HTTPResponse.Status, _ detail: String) -> Response {
    let body: JSONObject = [
        "type": "about:blank", "title": .string(status.reasonPhrase), "status": .int(Int64(status.code)), "detail": .string(detail),
    ]
    return answer(status, .object(body), type: "application/problem+json")
}

extension FarmError {
    /// The answer that this error gets.
    var response: Response {
        switch status {
        case .noInput: problem(.notFound, message)
        case .badInput, .usage: problem(.unprocessableContent, message)
        case .temporary: problem(.serviceUnavailable, message)
        case .noPermission: problem(.forbidden, message)
        default: problem(.internalServerError, message)
        }
    }
}
