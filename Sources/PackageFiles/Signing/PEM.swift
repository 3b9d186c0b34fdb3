internal import FarmModel

/// One block of the text form of keys (RFC 7468).
struct PEM {
    /// The longest text that is looked at, in bytes.
    static let sizeLimit = 64 << 10

    /// What it is: `PUBLIC KEY`.
    let label: String
    /// Its bytes; empty if it is encrypted.
    let bytes: [UInt8]
    /// Nothing can be read without a passphrase.
    let isEncrypted: Bool

    /// Creates a block.
    init(label: String, bytes: [UInt8]) {
        self.label = label
        self.bytes = bytes
        isEncrypted = false
    }

    /// Reads the first block of a text; nil if there is none or it is damaged.
    init?(parsing text: String) {
        guard text.utf8.count <= Self.sizeLimit else { return nil }
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmed }
        guard let first = lines.firstIndex(where: { $0.hasPrefix(Self.beginning) && $0.hasSuffix(Self.dashes) }) else { return nil }
        let label = String(lines[first].dropFirst(Self.beginning.count).dropLast(Self.dashes.count))
        guard let last = lines[first...].firstIndex(of: "\(Self.ending)\(label)\(Self.dashes)") else { return nil }
        let body = lines[(first + 1)..<last]
        self.label = label
        isEncrypted = label.hasPrefix("ENCRYPTED") || body.contains { $0.hasPrefix("Proc-Type:") && $0.hasSuffix("ENCRYPTED") }
        guard let bytes = isEncrypted ? [] : Base64.bytes(of: body.joined()) else { return nil }
        self.bytes = bytes
    }

    /// The text, 64 letters a line.
    var text: String {
        let letters = Array(Base64.text(of: bytes).utf8)
        let lines = stride(from: 0, to: letters.count, by: 64).map { start in
            String(decoding: letters[start..<min(start + 64, letters.count)], as: UTF8.self) + "\n"
        }
        return "\(Self.beginning)\(label)\(Self.dashes)\n\(lines.joined())\(Self.ending)\(label)\(Self.dashes)\n"
    }

    private static let beginning = "-----BEGIN "
    private static let ending = "-----END "
    private static let dashes = "-----"
}

extension Substring {
    /// Without the spaces at both ends.
    fileprivate var trimmed: Substring {
        var rest = drop { $0.isWhitespace }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}
