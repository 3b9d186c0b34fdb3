internal import FarmAPI
public import FarmModel
public import FarmStore

/// A farm behind bf-serve. Each call waits for the server's answer.
public final class RemoteFarm: Farm {
    let connection: ServerConnection

    static let prefix = "/api/v1/native"

    /// Prepares to ask a server; nothing is sent yet.
    /// - Throws: `unavailable` where the issuers' file of its certificate cannot be used.
    public init(_ access: ServerAccess) throws(FarmError) { connection = try ServerConnection(access) }

    /// Asks a question.
    func ask<Request: WireValue, Answer: WireValue>(_ query: FarmQuery<Request, Answer>, _ request: Request) throws(FarmError) -> Answer {
        try send(request, to: "\(Self.prefix)/queries/\(query.name)")
    }

    /// Makes a request.
    func request<Request: WireValue, Answer: WireValue>(
        _ query: FarmQuery<Request, Answer>, _ request: Request
    ) throws(FarmError) -> Answer {
        try send(request, to: "\(Self.prefix)/requests/\(query.name)")
    }

    /// Sends a value and reads the one that comes back.
    func send<Answer: WireValue>(_ request: some WireValue, to path: String) throws(FarmError) -> Answer {
        let answer = try connection.post(path, request.wire)
        do throws(FarmError) { return try Answer(wire: answer) } catch { throw connection.notUnderstood(path, error.message) }
    }
}
