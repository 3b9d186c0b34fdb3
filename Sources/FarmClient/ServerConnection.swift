internal import AsyncHTTPClient
internal import FarmAPI
internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// Requests to a server, for a thread that may wait.
final class ServerConnection: Sendable {
    /// One request.
    struct Request: Sendable {
        var method: HTTPMethod
        /// Below the address, for instance `/api/v1/native/builds`.
        var path: String
        var headers: HTTPHeaders = [:]
        var body: [UInt8] = []

        /// Whether sending it twice does no harm: all but what makes or changes something each time.
        var isRepeatable: Bool { !path.hasSuffix("/submissions") && !path.contains("/requests/") }
    }

    let access: ServerAccess
    private let client: HTTPClient
    /// Readable when somebody wants the tool to end who is not answered by the end of the process, as signals are blocked.
    private let signals: SignalDescriptor
    private let hasAnswered = Atomic(false)

    /// They live as long as the process, which has one or two: ending one waits for its threads, and may be done on none of them.
    private static let clients = Mutex<[HTTPClient]>([])
    private static let answerLimit = 2 << 30
    private static let patience = TimeAmount.seconds(60)
    /// How often a request is sent that the server has no time for.
    private static let tries = 6
    /// A server that has answered may be starting again; so long it is asked once more.
    private static let absence: Int64 = 10_000
    private static let absencePause: Int64 = 250
    /// NIO has them ignored from its first socket on; to the tools they are the end of whoever reads.
    private static let endByBrokenPipes: Void = { try? SignalDisposition.reset(.brokenPipe) }()

    init(_ access: ServerAccess) throws(FarmError) {
        self.access = access
        // Signals are for the tool's own thread, which waits for them: the threads made here inherit this mask.
        let mask = SignalMask.block(SignalSet(.interrupt, .terminate, .hangUp, .quit, .windowChange, .brokenPipe))
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        SignalMask.restore(mask)
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10), read: Self.patience))
        configuration.httpVersion = .http1Only
        // A server that has gone shall be noticed, not waited for.
        configuration.connectionPool = .init(idleTimeout: .seconds(30))
        configuration.connectionPool.retryConnectionEstablishment = false
        if access.address.isSecure {
            var tls = TLSConfiguration.makeClientConfiguration()
            if let file = access.authorities { tls.trustRoots = .file(file) }
            configuration.tlsConfiguration = tls
        }
        signals = try FarmError.wrap { () throws(SystemError) in try SignalDescriptor(SignalSet(.interrupt, .terminate, .hangUp)) }
        client = HTTPClient(eventLoopGroup: group, configuration: configuration)
        Self.clients.withLock { $0.append(client) }
    }

    /// Sends a request and waits for its answer. While the server has no time it is sent again, for some seconds.
    /// - Parameter other: A status that is no error here.
    /// - Throws: the error that the server names; `unavailable` if it does not answer, `noPermission` if it does not let us in, `temporary` if it
    ///   has no time.
    func send(_ request: Request, accepting other: HTTPResponseStatus = .ok) throws(FarmError) -> HTTPClient.Response {
        for attempt in 1...Self.tries {
            let response = try answer(request)
            if (200..<300).contains(response.status.code) || response.status == other { return response }
            let problem = ServerProblem(response, access)
            guard problem.isTemporary, attempt < Self.tries else { throw problem.error }
            try pause(problem.retryAfterSeconds, attempt)
        }
        throw FarmError(.temporary, "\(access.address) has no time; try again later")
    }

    /// Sends a JSON value and waits for the one that comes back.
    func post(_ path: String, _ value: JSONValue) throws(FarmError) -> JSONValue {
        let response = try send(Self.request(path, value))
        do throws(JSONSyntaxError) { return try JSONParser.parse(bytes: response.bytes) } catch {
            throw notUnderstood(path, "\(error)")
        }
    }

    /// Sends a JSON value; `body` is called on another thread with the value that comes back, or nil if none does.
    /// - Returns: Ends it early.
    func post(_ path: String, _ value: JSONValue, then body: @escaping @Sendable (JSONValue?) -> Void) -> @Sendable () -> Void {
        guard let request = try? make(Self.request(path, value)) else {
            body(nil)
            return {}
        }
        let task = client.execute(request: request, delegate: ResponseAccumulator(request: request, maxBodySize: Self.answerLimit))
        task.futureResult.whenComplete { result in
            let response = try? result.get()
            body(response?.status == .ok ? response.flatMap { try? JSONParser.parse(bytes: $0.bytes) } : nil)
        }
        return { task.cancel() }
    }

    /// What to say when an answer makes no sense.
    func notUnderstood(_ path: String, _ reason: String) -> FarmError {
        FarmError(
            .unavailable, "what \(access.address) answered at \(path) is not understood (\(reason)); is it bf-serve \(Release.version)?")
    }

    private static func request(_ path: String, _ value: JSONValue) -> Request {
        Request(method: .POST, path: path, headers: ["Content-Type": "application/json"], body: Array(value.text.utf8))
    }

    private func answer(_ request: Request) throws(FarmError) -> HTTPClient.Response {
        let deadline = Clock.boottimeMilliseconds + Self.absence
        // The first time it may only have closed a connection that was idle just when we used it again.
        var pause: Int64 = 0
        while true {
            do {
                let response = try answerOnce(request)
                hasAnswered.store(true, ordering: .relaxed)
                return response
            } catch let error as FarmError { throw error } catch {
                let mayComeBack = request.isRepeatable && hasAnswered.load(ordering: .relaxed)
                guard mayComeBack, Clock.boottimeMilliseconds < deadline else { throw TransportFailure(error, access).error }
            }
            try rest(pause)
            pause = Self.absencePause
        }
    }

    private func answerOnce(_ request: Request) throws -> HTTPClient.Response {
        let made = try make(request)
        let arrival = try EventDescriptor()
        let task = client.execute(request: made, delegate: ResponseAccumulator(request: made, maxBodySize: Self.answerLimit))
        task.futureResult.whenComplete { _ in try? arrival.raise() }
        let events = try Poller.wait(
            [.init(arrival.descriptor, .readable), .init(signals.descriptor, .readable)], timeoutMilliseconds: nil)
        guard events[0] != nil else {
            task.cancel()
            throw interrupted
        }
        Self.endByBrokenPipes
        return try task.futureResult.wait()
    }

    /// Whoever blocked the signal finds it pending still.
    private var interrupted: FarmError { FarmError(.temporary, "interrupted while \(access.address) was asked") }

    private func make(_ request: Request) throws -> HTTPClient.Request {
        var headers = request.headers
        headers.add(name: "User-Agent", value: "bf/\(Release.version)")
        // The name of a socket is no host.
        if access.address.base.hasPrefix("http+unix:") { headers.add(name: "Host", value: "localhost") }
        if let token = access.token { headers.add(name: "Authorization", value: "Bearer \(token)") }
        return try HTTPClient.Request(
            url: access.address.base + request.path, method: request.method, headers: headers,
            body: request.body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: request.body)))
    }

    /// As long as the server says, at most 5 s; else 0.1 s, 0.2 s, 0.4 s and so on, each a little different.
    private func pause(_ seconds: Int?, _ attempt: Int) throws(FarmError) {
        let usual = Int64(100 << (attempt - 1))
        try rest(seconds.map { Int64(min($0, 5)) * 1000 } ?? Int64.random(in: usual / 2...usual))
    }

    private func rest(_ milliseconds: Int64) throws(FarmError) {
        let events = try? Poller.wait([.init(signals.descriptor, .readable)], timeoutMilliseconds: milliseconds)
        if events?.isEmpty == false { throw interrupted }
    }
}

extension HTTPClient.Response {
    /// The body.
    var bytes: [UInt8] { body.map { Array($0.readableBytesView) } ?? [] }
}
