/// What an identifier names; gives each kind its own Swift type and its own letter.
public protocol IdentifierKind: Sendable {
    /// The letter before the dash, for instance `b`.
    static var letter: Character { get }
}

/// Kind marker of builds.
public enum BuildKind: IdentifierKind {
    /// `b`
    public static let letter: Character = "b"
}

/// Kind marker of jobs.
public enum JobKind: IdentifierKind {
    /// `j`
    public static let letter: Character = "j"
}

/// Kind marker of attempts.
public enum AttemptKind: IdentifierKind {
    /// `a`
    public static let letter: Character = "a"
}

/// Kind marker of runners.
public enum RunnerKind: IdentifierKind {
    /// `r`
    public static let letter: Character = "r"
}

/// Kind marker of tokens.
public enum TokenKind: IdentifierKind {
    /// `t`
    public static let letter: Character = "t"
}

/// Names a build.
public typealias BuildID = Identifier<BuildKind>
/// Names a job.
public typealias JobID = Identifier<JobKind>
/// Names an attempt.
public typealias AttemptID = Identifier<AttemptKind>
/// Names a runner.
public typealias RunnerID = Identifier<RunnerKind>
/// Names a token, never its secret.
public typealias TokenID = Identifier<TokenKind>

/// A sortable 60-bit number, written as a letter, a dash and 12 Crockford base32 characters: `b-1jkmszy4r000`.
///
/// The upper 42 bits are milliseconds since 2020-01-01 UTC, the lower 18 bits tell apart what was made within one
/// millisecond. The store allots numbers under its write lock, so no two are equal.
public struct Identifier<Kind: IdentifierKind>: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The number itself, as stored; between 0 and 2^60 - 1.
    public let number: Int64

    /// Wraps a stored number.
    public init(_ number: Int64) { self.number = number }

    /// The smallest number that may be allotted at a wall-clock time given in milliseconds since 1970.
    public static func floor(wallMilliseconds: Int64) -> Int64 {
        max(0, wallMilliseconds - identifierEpochMilliseconds) << 18
    }

    /// The time in the number, in milliseconds since 1970.
    public var wallMilliseconds: Int64 { (number >> 18) + identifierEpochMilliseconds }

    /// The full text form.
    public var description: String { "\(Kind.letter)-" + CrockfordBase32.text(of: number) }

    /// Reads the full text form; nil if it is anything else.
    public init?(_ text: some StringProtocol) {
        guard let range = Self.range(ofPrefix: text), range.lowerBound == range.upperBound else { return nil }
        self.init(range.lowerBound)
    }

    /// The numbers whose text form starts with `text` (the letter and dash included); nil if no identifier can.
    public static func range(ofPrefix text: some StringProtocol) -> ClosedRange<Int64>? {
        guard text.count > 2, text.first?.lowercased() == String(Kind.letter), text.dropFirst().first == "-" else { return nil }
        return CrockfordBase32.range(ofPrefix: text.dropFirst(2))
    }

    /// Orders by number, hence by time of creation.
    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// 2020-01-01T00:00:00Z in milliseconds since 1970: leaves 139 years of numbers.
private let identifierEpochMilliseconds: Int64 = 1_577_836_800_000

/// Crockford's base32 (https://www.crockford.com/base32.html), in lower case, for 60-bit numbers.
enum CrockfordBase32 {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let length = 12

    static func text(of number: Int64) -> String {
        var digits = [UInt8](repeating: 0, count: length)
        var rest = number
        for index in stride(from: length - 1, through: 0, by: -1) {
            digits[index] = alphabet[Int(rest & 31)]
            rest >>= 5
        }
        return String(decoding: digits, as: UTF8.self)
    }

    static func range(ofPrefix prefix: some StringProtocol) -> ClosedRange<Int64>? {
        guard (1...length).contains(prefix.utf8.count) else { return nil }
        var value: Int64 = 0
        for byte in prefix.utf8 {
            guard let digit = digit(of: byte) else { return nil }
            value = value << 5 | digit
        }
        let free = Int64(5 * (length - prefix.utf8.count))
        return (value << free)...((value + 1) << free - 1)
    }

    private static func digit(of byte: UInt8) -> Int64? {
        let lower = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
        switch lower {
        case UInt8(ascii: "o"): return 0
        case UInt8(ascii: "i"), UInt8(ascii: "l"): return 1
        default: return alphabet.firstIndex(of: lower).map(Int64.init)
        }
    }
}
