/// Numbers of things, for people.
public enum CountText {
    /// For instance `1 job`, `3 jobs`.
    ///
    /// - Parameters:
    ///   - singular: The word for one.
    ///   - plural: The word for any other number; by default with an `s`.
    public static func of(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
        "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
    }
}
