import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import Hummingbird
import NIOCore

/// go-dsynth's logs: the text of a build, and its lines as they come.
struct DsynthLogs: Sendable {
    let services: Services

    private static let pauseMilliseconds = 200
    /// After so many pauses without a line the stream shows that it is alive.
    private static let silentPauses = 75

    var routes: [Route] {
        [
            Route(.get, "/logs/{build}", .dsynthGetLog, dialect: .dsynth) { try await text($0) },
            Route(.get, "/logs/{build}/stream", .dsynthStreamLog, dialect: .dsynth) { stream(try await lines($0), $0) },
        ]
    }

    private func lines(_ call: Call) async throws -> DsynthLogLines {
        let (store, text) = (services.store, call.path("build"))
        let build = try await offloaded { () throws(FarmError) in try store.build(text, in: DsynthBuilds.dialect) }
        guard let build else { throw DsynthError.buildNotFound(text) }
        return DsynthLogLines(store: store, build: build)
    }

    /// What there is now.
    private func text(_ call: Call) async throws -> Reply {
        let lines = try await lines(call)
        let (stalls, channel) = (services.hub.stalls, call.context.channel)
        let body = ResponseBody { writer in
            var source = lines
            while case .lines(let page) = try await Self.step(&source) {
                let bytes = ByteBuffer(string: page.map { $0.text + "\n" }.joined())
                try await stalls.guarding(channel) { try await writer.write(bytes) }
            }
            try await writer.finish(nil)
        }
        return Reply(.ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"], body: .stream(body))
    }

    /// All lines as Server-Sent Events, until nothing more can come.
    /// - Parameter lines: nil for none at all.
    func stream(_ lines: DsynthLogLines?, _ call: Call) -> Reply {
        let (hub, channel) = (services.hub, call.context.channel)
        let body = ResponseBody { writer in
            var source = lines
            var pauses = 0
            while let step = try await Self.step(&source), !hub.isStopped {
                let bytes: ByteBuffer
                switch step {
                case .lines(let page):
                    pauses = 0
                    bytes = Self.serverSent(page)
                case .wait:
                    pauses += 1
                    bytes = pauses % Self.silentPauses == 0 ? ByteBuffer(string: ": still here\n\n") : ByteBuffer()
                    try await Task.sleep(for: .milliseconds(Self.pauseMilliseconds))
                case .end:
                    source = nil
                    continue
                }
                guard bytes.readableBytes > 0 else { continue }
                try await hub.stalls.guarding(channel) { try await writer.write(bytes) }
            }
            try await writer.finish(nil)
        }
        return Reply(.ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: .stream(body))
    }

    private static func serverSent(_ page: [(text: String, time: Int64)]) -> ByteBuffer {
        var buffer = ByteBuffer()
        for line in page {
            buffer.writeString("data: " + JSONValue.object(DsynthMessage.streamedLine(line.text, at: line.time)).text + "\n\n")
        }
        return buffer
    }

    private static func step(_ source: inout DsynthLogLines) async throws -> DsynthLogLines.Step {
        let current = source
        let (changed, step) = try await offloaded { () throws(FarmError) in
            var lines = current
            let step = try lines.next()
            return (lines, step)
        }
        source = changed
        return step
    }

    private static func step(_ source: inout DsynthLogLines?) async throws -> DsynthLogLines.Step? {
        guard var lines = source else { return nil }
        let next = try await step(&lines)
        source = lines
        return next
    }
}
