package import FarmModel

/// What a server said of a file, by which it can tell whether it has changed since (RFC 9110 section 8.8).
package struct Validators: Equatable {
    /// `ETag`
    package var entityTag: String?
    /// `Last-Modified`
    package var lastModified: String?
    /// Of the file that it was said of, as it was kept.
    package var digest: Digest?

    /// A server that sends more than that in a header gets none of it back.
    private static let lengthLimit = 512

    /// What a server said; what cannot be said back to it is left out.
    package init(entityTag: String? = nil, lastModified: String? = nil) {
        self.entityTag = entityTag.flatMap(Self.usable)
        self.lastModified = lastModified.flatMap(Self.usable)
    }

    /// The headers of a request for the file if it has changed.
    package var headers: [String] {
        [entityTag.map { "If-None-Match: \($0)" }, lastModified.map { "If-Modified-Since: \($0)" }].compactMap { $0 }
    }

    /// What stands beside the file.
    package var json: JSONObject {
        var json = JSONObject()
        json.add("etag", entityTag)
        json.add("last_modified", lastModified)
        json.add("digest", digest?.description)
        return json
    }

    /// What stood beside the file; nil if it is damaged.
    package init?(parsing bytes: [UInt8]) {
        guard let value = try? JSONParser.parse(bytes: bytes), let digest = value["digest"]?.string.flatMap({ Digest($0) }) else {
            return nil
        }
        self.init(entityTag: value["etag"]?.string, lastModified: value["last_modified"]?.string)
        self.digest = digest
    }

    private static func usable(_ text: String) -> String? {
        !text.isEmpty && text.utf8.count <= lengthLimit && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } ? text : nil
    }
}
