import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Answers with logs, as they are or as they grow.
struct LogAnswers: Sendable {
    let store: Store
    let hub: EventHub

    /// - Parameter find: Looks the log up; it may block.
    func reply(_ call: Call, _ find: @escaping @Sendable (Store) throws(FarmError) -> FoundLog) async throws -> Reply {
        let (request, store) = (try LogRequest(call), store)
        let (log, attempt, reader) = try await offloaded { () throws(FarmError) in
            let log = try find(store)
            // Asked before the size of the log: what was printed before the end is there by then.
            let attempt = try log.attempt(in: store)
            return (log, attempt, try store.log(log.name))
        }
        if !request.follows || log.target.state.isTerminal { try log.requireBegun() }
        if reader == nil, log.hasBegun, let problem = log.absence(attempt) { throw problem }
        return request.isWhole ? whole(call, attempt, reader) : streamed(call, log, request)
    }

    /// The bytes that there are now, or a range of them.
    private func whole(_ call: Call, _ attempt: AttemptRecord?, _ reader: LogReader?) -> Reply {
        let file = reader.map(LogFile.init)
        let size = (try? file?.size()) ?? 0
        let hasEnded = attempt.map { $0.state != .running } ?? false
        let content = Content(
            size: size, type: LogForm.bytes.mediaType, tag: hasEnded ? attempt.map { "\"\($0.id)-\(size)\"" } : nil
        ) { offset, limit throws(FarmError) in
            ByteBuffer(bytes: try file?.bytes(from: offset, atMost: limit) ?? [])
        }
        return ContentAnswer(call: call, stalls: hub.stalls).reply(content)
    }

    private func streamed(_ call: Call, _ log: FoundLog, _ request: LogRequest) -> Reply {
        let (store, hub) = (store, hub)
        let body = call.streamed(hub.stalls) {
            LogStream(LogTail(log, request, in: store), hub)
        } next: { stream in
            try await stream.next()
        }
        return Reply(.ok, headers: [.contentType: request.form.mediaType, .cacheControl: "no-store"], body: .stream(body))
    }
}

/// An open log that is read from several threads, one after the other.
private final class LogFile: Sendable {
    private let reader: Mutex<LogReader>

    init(_ reader: LogReader) { self.reader = Mutex(reader) }

    func size() throws(FarmError) -> Int64 { try reader.withLock { reader throws(FarmError) in try reader.size() } }

    func bytes(from offset: Int64, atMost limit: Int) throws(FarmError) -> ArraySlice<UInt8> {
        try reader.withLock { reader throws(FarmError) in try reader.bytes(from: offset, atMost: limit) }
    }
}
