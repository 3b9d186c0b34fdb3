internal import FarmModel

/// The ids under which the dialects know builds and jobs, and how they are told apart.
public enum DialectID: Sendable, Hashable {
    /// A job of the first melange service: the first 8 hexadecimal digits of a UUID.
    case melangeJob
    /// A build of the second melange service: `bld-` and 8 hexadecimal digits.
    case melangeBuild
    /// A build of go-dsynth: a UUID in small letters.
    case dsynthBuild

    /// The kind of id that a text has the form of; nil if it is none of them.
    public init?(of text: some StringProtocol) {
        let bytes = Array(text.utf8)
        if bytes.count == 8, bytes.allSatisfy(\.isHexadecimal) {
            self = .melangeJob
        } else if bytes.count == 12, bytes.starts(with: "bld-".utf8), bytes.dropFirst(4).allSatisfy(\.isHexadecimal) {
            self = .melangeBuild
        } else if Self.isUUID(bytes) {
            self = .dsynthBuild
        } else {
            return nil
        }
    }

    /// How many random bytes an id is made of.
    public static let randomBytes = 16

    /// A new id.
    /// - Parameter bytes: ``randomBytes`` unpredictable bytes.
    public func text(random bytes: [UInt8]) -> String {
        switch self {
        case .melangeJob: Self.hexadecimal(bytes.prefix(4))
        case .melangeBuild: "bld-" + Self.hexadecimal(bytes.prefix(4))
        case .dsynthBuild: Self.uuid(bytes)
        }
    }

    /// A random UUID (RFC 9562, version 4).
    private static func uuid(_ random: [UInt8]) -> String {
        var bytes = Array(random.prefix(16)) + [UInt8](repeating: 0, count: max(0, 16 - random.count))
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { hexadecimal(bytes[$0]) }.joined(separator: "-")
    }

    private static func isUUID(_ bytes: [UInt8]) -> Bool {
        let dashes: Set = [8, 13, 18, 23]
        return bytes.count == 36
            && bytes.indices.allSatisfy { dashes.contains($0) ? bytes[$0] == UInt8(ascii: "-") : bytes[$0].isHexadecimal }
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String { Hexadecimal.text(of: bytes) }
}

extension UInt8 {
    /// A digit of a hexadecimal number in small letters.
    fileprivate var isHexadecimal: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
    }
}
