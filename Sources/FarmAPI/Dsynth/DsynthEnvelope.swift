public import FarmModel

/// What every answer in go-dsynth's format says of itself.
public struct DsynthMeta: Sendable, Equatable {
    /// When it was made, in milliseconds since 1970.
    public var timeMilliseconds: Int64
    /// The version of the interface.
    public var version: String
    /// The id of the request.
    public var requestID: String

    /// The version of the format of the document.
    public static let interfaceVersion = "1.0.0"

    /// Creates what an answer says of itself.
    public init(timeMilliseconds: Int64, version: String = Self.interfaceVersion, requestID: String) {
        self.timeMilliseconds = timeMilliseconds
        self.version = version
        self.requestID = requestID
    }

    fileprivate var json: JSONValue {
        ["timestamp": .string(GoText.time(timeMilliseconds)), "version": .string(version), "request_id": .string(requestID)]
    }
}

/// The outer object of go-dsynth's answers.
public enum DsynthEnvelope {
    /// The content type of all answers.
    public static let contentType = "application/json"

    /// A good answer.
    public static func success(_ data: JSONObject, _ meta: DsynthMeta) -> JSONObject {
        ["status": "success", "data": .object(data), "meta": meta.json]
    }

    /// A bad one.
    public static func failure(_ error: DsynthError, _ meta: DsynthMeta) -> JSONObject {
        let body: JSONObject = [
            "code": .string(error.code.rawValue), "message": .string(error.message), "details": .object(error.details),
        ]
        return ["status": "error", "error": .object(body), "meta": meta.json]
    }
}
