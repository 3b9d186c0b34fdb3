public import FarmModel

/// The text form of checksums in indexes and databases: `Q1` and a SHA-1 in base64.
public enum ControlChecksum {
    private static let prefix = "Q1"

    /// The text.
    public static func text(of checksum: [UInt8]) -> String { prefix + Base64.text(of: checksum) }

    /// The 20 bytes.
    /// - Throws: `badInput` for anything else.
    public static func bytes(of text: String) throws(FarmError) -> [UInt8] {
        guard text.hasPrefix(prefix), let bytes = Base64.bytes(of: String(text.dropFirst(prefix.count))), bytes.count == SHA1.size else {
            throw FarmError(.badInput, "\(JSONValue.string(String(text.prefix(100))).text) is no checksum of a package")
        }
        return bytes
    }
}
