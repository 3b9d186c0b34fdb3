import FarmModel
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// The last touch on answers whose bytes are known: a tag, so that asking again may cost nothing.
struct ReplyFinish {
    let request: Request

    func finish(_ reply: Reply) -> Reply {
        var reply = reply
        reply.headers[.xContentTypeOptions] = "nosniff"
        guard request.method == .get || request.method == .head, reply.status == .ok, case .bytes(let buffer) = reply.body,
            buffer.readableBytes > 0
        else { return reply }
        if reply.headers[.eTag] == nil {
            reply.headers[.eTag] = "\"" + String(Digest.of(buffer.readableBytesView).hex.prefix(32)) + "\""
            if reply.headers[.cacheControl] == nil { reply.headers[.cacheControl] = "no-cache" }
        }
        guard let tag = reply.headers[.eTag], request.headers[.ifNoneMatch].map({ Self.names($0, tag) }) == true else { return reply }
        reply.headers[.contentType] = nil
        return Reply(.notModified, headers: reply.headers)
    }

    /// True if a list of tags has this one, weakly compared.
    static func names(_ list: String, _ tag: String) -> Bool {
        list.split(separator: ",").contains { item in
            let item = item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            let text = String(item)
            return text == "*" || text == tag || text == "W/" + tag
        }
    }
}
