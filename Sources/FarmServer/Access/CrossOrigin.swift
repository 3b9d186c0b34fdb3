import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Which pages of other sites may read answers (CORS, the Fetch standard): none unless they are named. They come with a key, as everybody does
/// who is not on this machine; there are no cookies that a browser could add by itself.
struct CrossOrigin: Sendable {
    /// `https://HOST` or `http://HOST`, with the port where it is another than usual.
    let origins: Set<String>

    /// The origin of a request, if its answer may be read there.
    func admitted(_ request: Request) -> String? {
        guard !origins.isEmpty, let origin = request.headers[.origin], origins.contains(origin) else { return nil }
        return origin
    }

    /// What a browser is told that asks before it sends a request.
    func preflight(_ request: Request) -> Response? {
        guard request.method == .options, request.headers[.accessControlRequestMethod] != nil, admitted(request) != nil else { return nil }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: "GET, HEAD, POST, PUT, PATCH, DELETE",
                .accessControlAllowHeaders:
                    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Range, Last-Event-ID, "
                    + "Range, Upload-Complete, Upload-Offset, X-API-Key",
                .accessControlMaxAge: "600",
            ])
    }

    /// Lets the page read the answer, and caches keep it apart.
    func mark(_ response: inout Response, to request: Request) {
        guard !origins.isEmpty else { return }
        response.headers.append(HTTPField(name: .vary, value: "Origin"))
        guard let origin = admitted(request) else { return }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] =
            "Content-Disposition, Content-Range, ETag, Location, Retry-After, Upload-Offset, X-Request-Id"
    }
}
