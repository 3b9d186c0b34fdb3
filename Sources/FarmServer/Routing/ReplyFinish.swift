import FarmModel
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// The last touch on answers whose bytes are known: a tag, so that asking again may cost nothing, and fewer bytes on their way.
struct ReplyFinish {
    let request: Request

    func finish(_ reply: Reply) -> Reply {
        var reply = reply
        reply.headers[.xContentTypeOptions] = "nosniff"
        guard request.method == .get || request.method == .head, reply.status == .ok, case .bytes(let buffer) = reply.body,
            buffer.readableBytes > 0
        else { return reply }
        let tag = reply.headers[.eTag] ?? Self.tag(of: buffer)
        reply.headers[.eTag] = tag
        if reply.headers[.cacheControl] == nil { reply.headers[.cacheControl] = "no-cache" }
        if request.headers[.ifNoneMatch].map({ Self.names($0, tag) }) == true {
            reply.headers[.contentType] = nil
            return Reply(.notModified, headers: reply.headers)
        }
        return smaller(reply, buffer)
    }

    private static func tag(of buffer: ByteBuffer) -> String {
        "\"" + String(Digest.of(buffer.readableBytesView).hex.prefix(32)) + "\""
    }

    /// What may not be stored anywhere is not compressed either: its length could tell what is in it.
    private func smaller(_ reply: Reply, _ buffer: ByteBuffer) -> Reply {
        guard buffer.readableBytes >= Gzip.least, reply.headers[.contentEncoding] == nil,
            reply.headers[.cacheControl]?.contains("no-store") != true, Self.isText(reply.headers[.contentType] ?? "")
        else { return reply }
        var reply = reply
        reply.headers[.vary] = "Accept-Encoding"
        guard Self.takesGzip(request.headers[values: .acceptEncoding].joined(separator: ",")),
            let bytes = buffer.withUnsafeReadableBytes({ Gzip.compressed($0) })
        else { return reply }
        reply.headers[.contentEncoding] = "gzip"
        // Other bytes than those of the tag: it names them weakly from here on (RFC 9110 section 8.8.1).
        if let tag = reply.headers[.eTag], !tag.hasPrefix("W/") { reply.headers[.eTag] = "W/" + tag }
        reply.body = .bytes(ByteBuffer(bytes: bytes))
        return reply
    }

    private static func isText(_ type: String) -> Bool {
        type.hasPrefix("text/") || ["json", "javascript", "svg"].contains { type.contains($0) }
    }

    /// True if a list of codings has gzip, and not with the weight 0.
    static func takesGzip(_ list: String) -> Bool {
        list.lowercased().split(separator: ",").contains { item in
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let name = parts.first, name == "gzip" || name == "*" else { return false }
            return !parts.dropFirst().contains { $0.hasPrefix("q=0") && $0.dropFirst(3).allSatisfy { "0.".contains($0) } }
        }
    }

    /// True if a list of tags has this one, weakly compared.
    static func names(_ list: String, _ tag: String) -> Bool {
        let plain = tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
        return list.split(separator: ",").contains { item in
            let text = item.filter { $0 != " " }
            return text == "*" || text == plain || text == "W/" + plain
        }
    }
}
