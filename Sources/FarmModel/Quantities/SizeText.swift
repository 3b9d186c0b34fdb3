/// Sizes as people write them: `2GiB`, `512M`, `1.5 GB`, or a bare number of bytes.
///
/// `K`, `M`, `G`, `T`, `P` and `KiB`, `MiB`, … are powers of 1024; `KB`, `MB`, … are powers of 1000. Case does not matter.
public enum SizeText {
    /// The largest size that is read, in bytes: 1 EiB.
    public static let largestBytes: Int64 = 1 << 60

    private static let letters = ["k", "m", "g", "t", "p"]

    /// The bytes that a text means, parts of one cut off; nil if it is no size or too large.
    public static func bytes(_ text: some StringProtocol) -> Int64? {
        var rest = Substring(text)
        guard let number = DecimalNumber(prefixOf: &rest) else { return nil }
        if rest.first == " " { rest.removeFirst() }
        guard let factor = factor(of: rest.lowercased()) else { return nil }
        return number.scaled(by: factor, limit: largestBytes)
    }

    private static func factor(of unit: String) -> UInt64? {
        if unit.isEmpty || unit == "b" { return 1 }
        guard let power = letters.firstIndex(of: String(unit.prefix(1))) else { return nil }
        switch unit.dropFirst() {
        case "", "ib": return 1 << (10 * UInt64(power + 1))
        case "b": return (0...power).reduce(UInt64(1)) { product, _ in product * 1000 }
        default: return nil
        }
    }

    /// A size for people, to one decimal of a power of 1024: `512B`, `1.5KiB`, `2GiB`. Below zero counts as zero.
    public static func text(bytes: Int64) -> String {
        let size = max(0, bytes)
        guard size >= 1024 else { return "\(size)B" }
        let power = min((63 - size.leadingZeroBitCount) / 10, letters.count)
        let unit: Int64 = 1 << (10 * Int64(power))
        let tenths = size % unit * 10 / unit
        return "\(size / unit)" + (tenths == 0 ? "" : ".\(tenths)") + letters[power - 1].uppercased() + "iB"
    }
}
