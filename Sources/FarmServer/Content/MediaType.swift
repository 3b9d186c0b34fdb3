/// The media types that are given to downloads: only those by which nothing runs in a browser.
enum MediaType {
    static let bytes = "application/octet-stream"
    static let text = "text/plain; charset=utf-8"

    private static let images = ["png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"]
    private static let texts: Set = [
        "txt", "log", "md", "rst", "yaml", "yml", "json", "ndjson", "toml", "conf", "patch", "diff", "sha256", "asc", "csv",
    ]

    /// By the end of a file's name.
    static func of(_ name: String) -> String {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return bytes }
        let end = String(Substring(name.utf8[name.utf8.index(after: dot)...])).lowercased()
        return images[end] ?? (texts.contains(end) ? text : bytes)
    }
}
