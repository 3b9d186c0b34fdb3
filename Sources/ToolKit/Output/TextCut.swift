/// Text made to fit.
public enum TextCut {
    /// The text, or the start of it and `…` (`...` in ASCII), in at most so many columns.
    public static func of(_ text: String, columns: Int, usesUnicode: Bool) -> String {
        guard DisplayWidth.of(text) > columns else { return text }
        let sign = usesUnicode ? "…" : "..."
        guard columns > sign.count else { return String(DisplayWidth.prefix(text, columns: columns)) }
        return DisplayWidth.prefix(text, columns: columns - sign.count) + sign
    }
}
