/// Takes a version apart.
struct VersionScanner {
    private let bytes: [UInt8]
    private var offset = 0
    /// The commit that stood after `~`, or nothing.
    private(set) var commit = ""

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// All parts; nil if this is no version.
    mutating func parts() -> [VersionPart]? {
        guard let first = digits() else { return nil }
        var parts = [VersionPart.number(.number, first)]
        var previous = VersionPart.Kind.number
        while let byte = peek {
            guard let part = part(startingWith: byte, after: previous) else { return nil }
            parts.append(part)
            previous = part.kind
        }
        return parts
    }

    private mutating func part(startingWith byte: UInt8, after previous: VersionPart.Kind) -> VersionPart? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): previous == .number ? letter() : nil
        case UInt8(ascii: "0")...UInt8(ascii: "9"): number(after: previous)
        case UInt8(ascii: "."): previous == .number ? numberAfterDot() : nil
        case UInt8(ascii: "_"): previous <= .suffixNumber ? suffix() : nil
        case UInt8(ascii: "~"): previous < .commit ? commitPart() : nil
        case UInt8(ascii: "-"): previous < .release ? release() : nil
        default: nil
        }
    }

    private mutating func letter() -> VersionPart {
        offset += 1
        return VersionPart(kind: .letter, value: Int64(bytes[offset - 1]))
    }

    /// The number of a suffix, or one after a letter, as in `0.99f7`: apk 2 takes it, and there are such packages.
    private mutating func number(after previous: VersionPart.Kind) -> VersionPart? {
        switch previous {
        case .suffix: digits().map { .number(.suffixNumber, $0) }
        case .letter: digits().map { .number(.number, $0) }
        default: nil
        }
    }

    private mutating func numberAfterDot() -> VersionPart? {
        offset += 1
        return digits().map(VersionPart.numberAfterDot)
    }

    private mutating func suffix() -> VersionPart? {
        offset += 1
        return .suffix(run(of: \.isLowerCaseLetter))
    }

    private mutating func commitPart() -> VersionPart? {
        offset += 1
        let digits = run { $0.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
        commit = String(decoding: digits, as: UTF8.self)
        return digits.isEmpty ? nil : VersionPart(kind: .commit, value: 0)
    }

    private mutating func release() -> VersionPart? {
        offset += 1
        guard peek == UInt8(ascii: "r") else { return nil }
        offset += 1
        return digits().map { .number(.release, $0) }
    }

    private mutating func digits() -> ArraySlice<UInt8>? {
        let digits = run(of: \.isDigit)
        return digits.isEmpty || digits.count > VersionPart.largestDigitCount ? nil : digits
    }

    private mutating func run(of isPart: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = offset
        while let byte = peek, isPart(byte) { offset += 1 }
        return bytes[start..<offset]
    }
}
