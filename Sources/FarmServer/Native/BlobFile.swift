import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import HostSystem
import Hummingbird
import HummingbirdCore
import NIOCore

/// A file of the store on its way to a client, in constant memory.
struct BlobFile: Sendable {
    private let digest: Digest
    private let file: Descriptor
    private let size: Int64

    private static let chunk = 256 << 10

    init(_ digest: Digest, in blobs: BlobStore) throws(FarmError) {
        self.digest = digest
        file = try blobs.open(digest)
        let file = file
        size = try FarmError.wrap { () throws(SystemError) in try file.status().size }
    }

    /// The whole, or the part that the Range header asks for.
    func reply(to call: Call) async throws -> Reply {
        var headers: HTTPFields = [
            .contentType: "application/octet-stream", .acceptRanges: "bytes", .blobSize: String(size), .eTag: "\"\(digest.hex)\"",
            .cacheControl: "private, max-age=31536000, immutable", .xContentTypeOptions: "nosniff",
        ]
        guard let text = call.request.headers[.range] else { return Reply(.ok, headers: headers, body: .stream(body(0..<size))) }
        guard let range = Self.range(text, of: size) else {
            if size == 0 { return Reply(.ok, headers: headers) }
            throw Problem(416, "bad_range", "the file has \(size) bytes; there is no \(JSONValue.string(text).text) of it")
        }
        headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
        return Reply(.partialContent, headers: headers, body: .stream(body(range)))
    }

    private func body(_ range: Range<Int64>) -> ResponseBody {
        ResponseBody(contentLength: Int(range.upperBound - range.lowerBound)) { [file] writer in
            var place = range.lowerBound
            while place < range.upperBound {
                let (start, limit) = (place, Int(min(Int64(Self.chunk), range.upperBound - place)))
                let bytes = try await offloaded { () throws(FarmError) in
                    try FarmError.wrap { () throws(SystemError) in try file.read(atMost: limit, at: start) }
                }
                if bytes.isEmpty { break }
                try await writer.write(ByteBuffer(bytes: bytes))
                place += Int64(bytes.count)
            }
            try await writer.finish(nil)
        }
    }

    /// One range of bytes (RFC 9110 section 14.1.2); nil for several, for one beyond the end, and for anything else.
    static func range(_ text: String, of size: Int64) -> Range<Int64>? {
        guard text.hasPrefix("bytes=") else { return nil }
        let parts = text.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        if parts[0].isEmpty {
            guard let count = Int64(parts[1]), count > 0, size > 0 else { return nil }
            return max(0, size - count)..<size
        }
        guard let first = Int64(parts[0]), first >= 0, first < size else { return nil }
        if parts[1].isEmpty { return first..<size }
        guard let last = Int64(parts[1]), last >= first else { return nil }
        return first..<min(last, size - 1) + 1
    }
}

extension HTTPField.Name {
    /// The bytes of the whole file.
    static let blobSize = HTTPField.Name("BF-Size") ?? .contentRange
}
