import FarmAPI
import FarmModel
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// A request that was let in, as handlers see it.
struct Call: Sendable {
    let request: Request
    let context: FarmRequestContext
    let caller: Caller

    /// A part of the path by its name.
    func path(_ name: String) -> String { context.parameters.get(name) ?? "" }

    /// What `{name...}` at the end of a path matched, without its leading slash.
    var rest: String { context.parameters.getCatchAll().joined(separator: "/") }

    /// A value of the query.
    func query(_ name: String) -> String? { request.uri.queryParameters[Substring(name)].map(String.init) }

    /// All values of a query parameter that may be repeated.
    func queries(_ name: String) -> [String] { request.uri.queryParameters[values: Substring(name)].map(String.init) }

    /// A flag of the query: absent is false, and so is nothing but `true` and `1` true.
    func flag(_ name: String) throws(Problem) -> Bool {
        switch query(name) {
        case nil, "false"?, "0"?: false
        case "true"?, "1"?, ""?: true
        case let text?: throw Problem(400, "bad_parameter", "\(name)=\(JSONValue.string(text).text) is neither true nor false")
        }
    }

    /// A number of the query within bounds.
    func integer(_ name: String, _ range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let text = query(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Problem(
                400, "bad_parameter",
                "\(name)=\(JSONValue.string(text).text) is not a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The whole body.
    /// - Throws: 413 if it is larger than allowed.
    func body(limit: Int? = nil) async throws -> [UInt8] {
        let limit = limit ?? context.maxUploadSize
        let tooLarge = Problem(413, "too_large", "the body is larger than \(SizeText.text(bytes: Int64(limit)))")
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit { throw tooLarge }
        do {
            return Array(buffer: try await request.body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }

    /// The body as a JSON object; an empty body is an empty object.
    func object() async throws -> JSONObject {
        let bytes = try await body()
        if bytes.isEmpty { return JSONObject() }
        guard let object = try await Self.json(bytes).object else {
            throw Problem(400, "bad_json", "the body is JSON, but not an object")
        }
        return object
    }

    /// The body as a JSON object of these members and no others.
    /// - Throws: 422 that names the other one.
    func object(of known: String...) async throws -> JSONObject {
        let object = try await object()
        if let other = object.members.first(where: { !known.contains($0.key) }) {
            throw Problem(422, "bad_input", "\(JSONValue.string(other.key).text) is not known; there is \(known.joined(separator: ", "))")
        }
        return object
    }

    /// The body as a JSON value.
    func value(limit: Int) async throws -> JSONValue { try await Self.json(try await body(limit: limit)) }

    private static func json(_ bytes: [UInt8]) async throws -> JSONValue {
        let parsed: Result<JSONValue, JSONSyntaxError> = try await offloaded(ifLarge: bytes.count) {
            Result { () throws(JSONSyntaxError) in try JSONParser.parse(bytes: bytes) }
        }
        do throws(JSONSyntaxError) { return try parsed.get() } catch { throw Problem(400, "bad_json", "the body is not JSON: \(error)") }
    }
}
