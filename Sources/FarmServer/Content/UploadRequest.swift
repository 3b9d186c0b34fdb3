import FarmAPI
import FarmModel
import HTTPTypes
import Hummingbird

/// How a part of a file comes, as in "Resumable Uploads for HTTP" (draft-ietf-httpbis-resumable-upload).
struct UploadRequest {
    /// Where the part begins.
    let offset: Int64
    /// Whether it is the last.
    let isComplete: Bool
    /// Its bytes, where that is said.
    let length: Int64?

    /// - Parameter needsOffset: Whether it may begin anywhere.
    init(_ call: Call, needsOffset: Bool) throws(Problem) {
        let headers = call.request.headers
        switch headers[.uploadComplete] {
        case nil: isComplete = !needsOffset
        case "?1"?: isComplete = true
        case "?0"?: isComplete = false
        case let text?: throw Problem(400, "bad_header", "Upload-Complete: \(JSONValue.string(text).text) is neither ?1 nor ?0")
        }
        length = headers[.contentLength].flatMap { Int64($0) }
        guard needsOffset else {
            offset = 0
            return
        }
        guard let offset = headers[.uploadOffset].flatMap({ Int64($0) }), offset >= 0 else {
            throw Problem(400, "bad_header", "Upload-Offset says where the part begins, in bytes; ask for it with HEAD")
        }
        self.offset = offset
    }
}

extension HTTPField.Name {
    static let uploadOffset = HTTPField.Name("Upload-Offset") ?? .range
    static let uploadComplete = HTTPField.Name("Upload-Complete") ?? .expect
}
