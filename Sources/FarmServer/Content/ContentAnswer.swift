import FarmAPI
import FarmModel
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers with a content: the whole, the range that is asked for, or that the client has it already.
struct ContentAnswer {
    let call: Call
    let stalls: StallGuard

    private static let pieceSize = 256 << 10

    func reply(_ content: Content, headers: HTTPFields = [:]) -> Reply {
        var headers = headers
        headers[.acceptRanges] = "bytes"
        headers[.eTag] = content.tag
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-cache" }
        if let tag = content.tag, let known = call.request.headers[.ifNoneMatch], ReplyFinish.names(known, tag) {
            return Reply(.notModified, headers: headers)
        }
        headers[.contentType] = content.type
        switch range(of: content) {
        case .whole: return Reply(.ok, headers: headers, body: .stream(body(content, 0..<content.size)))
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(content.size)"
            return Reply(.partialContent, headers: headers, body: .stream(body(content, range)))
        case .unsatisfiable:
            var reply = Reply.problem(
                Problem(416, "bad_range", "there are only \(content.size) bytes"), requestID: call.context.requestID)
            reply.headers[.contentRange] = "bytes */\(content.size)"
            return reply
        }
    }

    /// A client that has a part of something else gets the whole.
    private func range(of content: Content) -> ByteRange {
        let headers = call.request.headers
        if let known = headers[.ifRange], known != content.tag { return .whole }
        return ByteRange(headers[.range], size: content.size)
    }

    private func body(_ content: Content, _ range: Range<Int64>) -> ResponseBody {
        let (stalls, channel) = (stalls, call.context.channel)
        return ResponseBody(contentLength: Int(range.upperBound - range.lowerBound)) { writer in
            var offset = range.lowerBound
            while offset < range.upperBound {
                let (start, limit) = (offset, Int(min(Int64(Self.pieceSize), range.upperBound - offset)))
                let bytes = try await offloaded(on: .reading) { () throws(FarmError) in try content.read(start, limit) }
                // The client was promised more; that the connection ends tells it.
                guard bytes.readableBytes > 0 else { throw FarmError(.inputOutput, "a content became shorter while it was sent") }
                offset += Int64(bytes.readableBytes)
                try await stalls.guarding(channel) { try await writer.write(bytes) }
            }
            try await writer.finish(nil)
        }
    }
}
