internal import AsyncHTTPClient
internal import FarmModel
internal import NIOHTTP1

/// An answer that says what went wrong.
struct ServerProblem {
    /// What the tool ends with.
    let error: FarmError
    /// Whether sending the request again may help.
    let isTemporary: Bool
    /// When.
    let retryAfterSeconds: Int?
    /// The problem's own word.
    let code: String?

    init(_ response: HTTPClient.Response, _ access: ServerAccess) {
        let status = Int(response.status.code)
        let document = (try? JSONParser.parse(bytes: response.bytes))?.object
        let detail = document?["detail"]?.string ?? "\(response.status)"
        let known = document?["exit_status"]?.int.flatMap { Int32(exactly: $0) }.flatMap(ExitStatus.init(rawValue:))
        code = document?["code"]?.string
        retryAfterSeconds = response.headers.first(name: "Retry-After").flatMap { Int($0) }
        // What has an exit status of its own is the farm's answer, not the server's.
        isTemporary = known == nil && (status == 429 || status == 503)
        if let known {
            error = FarmError(known, detail)
        } else {
            error = Self.error(status, detail, access)
        }
    }

    private static func error(_ status: Int, _ detail: String, _ access: ServerAccess) -> FarmError {
        let address = access.address
        switch status {
        case 401, 403:
            let hasKey = access.token != nil
            let next =
                !hasKey
                ? "give a key with --token-file" : status == 401 ? "give another with --token-file" : "see bf-serve token create --role"
            return FarmError(.noPermission, "\(address) refuses: \(detail); \(next)")
        case 429, 503: return FarmError(.temporary, "\(address) has no time: \(detail); try again later")
        case 300..<400: return FarmError(.unavailable, "\(address) sends us elsewhere (\(status)); give the address of bf-serve itself")
        case 404: return FarmError(.unavailable, "\(address): \(detail); is it bf-serve \(Release.version)?")
        case 400..<500: return FarmError(.badInput, "\(address): \(detail)")
        default: return FarmError(.unavailable, "\(address) failed: \(detail)")
        }
    }
}
