/// One part of a version: what it is and where it stands in order among parts of its kind.
struct VersionPart: Hashable, Sendable {
    /// What a part is. Where versions differ in kind, the one with the earlier kind is the later version, unless a suffix of what comes
    /// before a release decides otherwise.
    enum Kind: UInt8, Comparable, Sendable {
        /// A number of the dotted row.
        case number
        /// A single lower-case letter after the numbers.
        case letter
        /// `_alpha`, `_p` and the like.
        case suffix
        /// The number of a suffix.
        case suffixNumber
        /// `~` and the commit that it was built from.
        case commit
        /// `-r` and the number of the package's own release.
        case release
        /// Nothing more follows.
        case end

        static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    let kind: Kind
    /// Larger is later.
    let value: Int64

    /// What versions end in.
    static let end = VersionPart(kind: .end, value: 0)

    /// True for a suffix of what comes before a release: alpha, beta, pre, rc.
    var isBeforeRelease: Bool { kind == .suffix && value < 0 }

    /// Where a suffix stands in order: those before a release are below zero.
    static func suffix(_ name: ArraySlice<UInt8>) -> VersionPart? {
        guard let place = suffixes.firstIndex(where: { $0.elementsEqual(name) }) else { return nil }
        return VersionPart(kind: .suffix, value: Int64(place - suffixesBeforeRelease))
    }

    private static let suffixes = ["alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p"].map { Array($0.utf8) }
    private static let suffixesBeforeRelease = 4

    /// A number that is compared as a number.
    static func number(_ kind: Kind, _ digits: ArraySlice<UInt8>) -> VersionPart {
        VersionPart(kind: kind, value: digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) })
    }

    /// A number after a dot: with a leading zero it is compared digit by digit, like what follows a decimal point, and is below all
    /// that have none.
    static func numberAfterDot(_ digits: ArraySlice<UInt8>) -> VersionPart {
        guard digits.first == UInt8(ascii: "0") else { return number(.number, digits) }
        // Numbers of base 11, in which no digit at all is less than a zero, filled up to one length: their order is that of the texts.
        let filled = (0..<largestDigitCount).reduce(Int64(0)) { total, place in
            total * 11 + (place < digits.count ? Int64(digits[digits.startIndex + place] - UInt8(ascii: "0")) + 1 : 0)
        }
        return VersionPart(kind: .number, value: filled - Int64.max)
    }

    /// apk 2 takes no number of more digits; 11 to this power still fits.
    static let largestDigitCount = 17
}
