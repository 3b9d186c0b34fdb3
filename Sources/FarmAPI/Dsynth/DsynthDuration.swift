/// Spans of time as go-dsynth writes them, which Go's `time.ParseDuration` reads: `350ms`, `42s`, `5m23s`, `95h12m`.
public enum DsynthDuration {
    /// A span to two units, without days. Below zero counts as zero.
    public static func text(milliseconds: Int64) -> String {
        let span = max(0, milliseconds)
        let seconds = span / 1000
        switch span {
        case 0: return "0s"
        case ..<1000: return "\(span)ms"
        case ..<60_000: return "\(seconds)s"
        case ..<3_600_000: return "\(seconds / 60)m" + part(seconds % 60, "s")
        default: return "\(seconds / 3600)h" + part(seconds / 60 % 60, "m")
        }
    }

    private static func part(_ number: Int64, _ unit: String) -> String { number == 0 ? "" : "\(number)\(unit)" }
}
