/// Spans of time as people write them: `30m`, `1h30m`, `1.5h`, `90s`, `500ms`, `2d`, or a bare number of seconds.
///
/// The units are `d`, `h`, `m`, `s` and `ms`, the largest first and each at most once.
public enum DurationText {
    /// The longest span that is read: 100 years of 365 days, in milliseconds.
    public static let longestMilliseconds: Int64 = 36_500 * 86_400_000

    private static let units: [DecimalUnit] = [
        DecimalUnit(name: "d", factor: 86_400_000), DecimalUnit(name: "h", factor: 3_600_000), DecimalUnit(name: "m", factor: 60_000),
        DecimalUnit(name: "s", factor: 1000), DecimalUnit(name: "ms", factor: 1),
    ]

    /// The milliseconds that a text means, parts of one cut off; nil if it is no span of time or too long.
    public static func milliseconds(_ text: some StringProtocol) -> Int64? {
        var rest = Substring(text)[...]
        var total: Int64 = 0
        var allowed = units[...]
        repeat {
            guard let number = DecimalNumber(prefixOf: &rest) else { return nil }
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let unit = unit(named: name, isAlone: total == 0 && rest.isEmpty, among: &allowed),
                let part = number.scaled(by: unit.factor, limit: longestMilliseconds - total)
            else { return nil }
            total += part
        } while !rest.isEmpty
        return total
    }

    private static func unit(named name: Substring, isAlone: Bool, among allowed: inout ArraySlice<DecimalUnit>) -> DecimalUnit? {
        if name.isEmpty { return isAlone && allowed.count == units.count ? DecimalUnit(name: "", factor: 1000) : nil }
        guard let index = allowed.firstIndex(where: { $0.name == name }) else { return nil }
        defer { allowed = allowed[(index + 1)...] }
        return allowed[index]
    }

    /// A span for people, to two units: `450ms`, `4.2s`, `42s`, `3m20s`, `2h5m`, `3d4h`. Below zero counts as zero.
    public static func text(milliseconds: Int64) -> String {
        let span = max(0, milliseconds)
        switch span {
        case ..<1000: return "\(span)ms"
        case ..<10_000 where span % 1000 >= 100: return "\(span / 1000).\(span % 1000 / 100)s"
        case ..<60_000: return "\(span / 1000)s"
        case ..<3_600_000: return twoUnits(span / 1000, by: 60, "m", "s")
        case ..<86_400_000: return twoUnits(span / 60_000, by: 60, "h", "m")
        default: return twoUnits(span / 3_600_000, by: 24, "d", "h")
        }
    }

    private static func twoUnits(_ small: Int64, by factor: Int64, _ large: String, _ unit: String) -> String {
        let rest = small % factor
        return "\(small / factor)\(large)" + (rest == 0 ? "" : "\(rest)\(unit)")
    }
}
