internal import AsyncHTTPClient
internal import FarmModel
internal import NIOCore
internal import NIOHTTP1

/// Sends requests to one daemon. Every wait ends: a request that the daemon does not go on with fails as `silent`.
struct EngineTransport: Sendable {
    let address: EngineAddress
    private let client: HTTPClient

    /// What a daemon says in one piece is at most so long.
    private static let answerLimit = 64 << 20
    private static let messageLimit = 1 << 20

    init(_ address: EngineAddress) throws(FarmError) {
        self.address = address
        client = try HTTPClients.client(for: address)
    }

    /// Sends a request and takes its answer in pieces.
    /// - Parameters:
    ///   - prefix: the version of the API, `/v1.41`.
    ///   - onHead: called with status and headers before the pieces.
    ///   - take: called with each piece; the daemon is not read any further meanwhile.
    func stream(
        _ request: EngineRequest, prefix: String, onHead: @escaping @Sendable (HTTPHeaders) async throws -> Void = { _ in },
        take: @escaping @Sendable (ByteBuffer) async throws -> Void
    ) async throws(EngineError) {
        do {
            try await IdleWatch.run(limit: request.patience) { activity in
                let response = try await client.execute(try make(request, prefix, activity), deadline: .distantFuture)
                activity.note()
                try await check(response, request)
                try await onHead(response.headers)
                for try await piece in response.body {
                    try await take(piece)
                    activity.note()
                }
                try Task.checkCancellation()
            }
        } catch {
            throw failure(error, request)
        }
    }

    /// Sends a request and takes its whole answer.
    func answer(_ request: EngineRequest, prefix: String) async throws(EngineError) -> (headers: HTTPHeaders, body: [UInt8]) {
        do {
            return try await IdleWatch.run(limit: request.patience) { activity in
                let response = try await client.execute(try make(request, prefix, activity), deadline: .distantFuture)
                activity.note()
                try await check(response, request)
                let body = try await response.body.collect(upTo: Self.answerLimit)
                try Task.checkCancellation()
                return (response.headers, Array(body.readableBytesView))
            }
        } catch {
            throw failure(error, request)
        }
    }

    private func make(_ request: EngineRequest, _ prefix: String, _ activity: Activity) throws -> HTTPClientRequest {
        let place = (request.isUnversioned ? "" : prefix) + request.path + QueryText.make(request.query)
        var made = HTTPClientRequest(url: address.base + place)
        made.method = HTTPMethod(rawValue: request.method.rawValue)
        made.headers = request.headers
        made.headers.add(name: "User-Agent", value: "bf/\(Release.version)")
        // The name of a socket is no host.
        if case .unix = address.place { made.headers.add(name: "Host", value: "daemon") }
        switch request.body {
        case .none: break
        case .json(let object):
            made.headers.add(name: "Content-Type", value: "application/json")
            made.body = .bytes(ByteBuffer(string: JSONValue.object(object).text))
        case .archive(let stream):
            made.headers.add(name: "Content-Type", value: "application/x-tar")
            made.body = .stream(WatchedBytes(stream: stream, activity: activity), length: .unknown)
        }
        return made
    }

    private func check(_ response: HTTPClientResponse, _ request: EngineRequest) async throws {
        let status = Int(response.status.code)
        guard !(200..<300).contains(status) else { return }
        let body = (try? await response.body.collect(upTo: Self.messageLimit)).map { Array($0.readableBytesView) } ?? []
        let message = (try? JSONParser.parse(bytes: body))?["message"]?.string ?? String(decoding: body, as: UTF8.self)
        throw error(request, .refused(status: status, message: EngineError.line(message)))
    }

    /// An error of a request to this daemon.
    func error(_ request: EngineRequest, _ problem: EngineError.Problem) -> EngineError {
        EngineError(address: address.description, request: request.summary, problem: problem)
    }

    private func failure(_ cause: any Error, _ request: EngineRequest) -> EngineError {
        switch cause {
        case let error as EngineError: error
        case is IdleWatch.Expired: error(request, .silent(seconds: Int((request.patience ?? 0) / 1_000)))
        case is CancellationError: error(request, .cancelled)
        case let cause as HTTPClientError where cause == .cancelled: error(request, .cancelled)
        case let cause as LocalProblem: error(request, .local(cause.text))
        case is NIOTooManyBytesError: error(request, .notUnderstood("it is longer than \(Self.answerLimit >> 20) MB"))
        default: error(request, .unreachable(ConnectionProblem.text(cause)))
        }
    }
}

/// A failure on this side of a connection, for instance a file that cannot be read.
public struct LocalProblem: Error, Sendable, Equatable {
    /// What failed, in one line.
    public let text: String

    /// A failure with its text.
    public init(_ text: String) { self.text = text }
}

/// The pieces of a body; each one that is taken counts as something that happens.
private struct WatchedBytes: AsyncSequence, AsyncIteratorProtocol, Sendable {
    let stream: any ByteStream
    let activity: Activity
    var pace = WritePace()

    func makeAsyncIterator() -> Self { self }

    mutating func next() async throws -> ByteBuffer? {
        activity.note()
        let piece = try await stream.next()
        try await pace.note(piece?.readableBytes ?? 0)
        return piece
    }
}
