/// Which bytes of a content a `Range` field asks for (RFC 9110 section 14).
enum ByteRange: Sendable, Equatable {
    /// All: none were asked for, several ranges, or nothing that can be read as one.
    case whole
    /// These, within the content.
    case part(Range<Int64>)
    /// The first of them lies behind the end.
    case unsatisfiable

    /// - Parameter size: That of the content.
    init(_ field: String?, size: Int64) {
        self = field.flatMap { Self.read($0.utf8, size) } ?? .whole
    }

    private static func read(_ field: String.UTF8View, _ size: Int64) -> ByteRange? {
        let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, String(parts[0])?.lowercased() == "bytes", !parts[1].contains(UInt8(ascii: ",")) else { return nil }
        let ends = parts[1].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard ends.count == 2 else { return nil }
        if ends[0].isEmpty {
            guard let length = number(ends[1]) else { return nil }
            return length == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - length)..<size)
        }
        guard let first = number(ends[0]) else { return nil }
        var last = Int64.max
        if !ends[1].isEmpty {
            guard let number = number(ends[1]), number >= first else { return nil }
            last = number
        }
        return first < size ? .part(first..<min(size - 1, last) + 1) : .unsatisfiable
    }

    /// What is larger than any content is as good as the largest number.
    private static func number(_ digits: Substring.UTF8View) -> Int64? {
        let digits = digits.drop { $0 == UInt8(ascii: " ") }
        guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return String(Substring(digits)).count > 18 ? .max : Int64(String(Substring(digits)))
    }
}
