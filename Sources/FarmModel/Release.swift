/// Which bf this is.
public enum Release {
    /// The version of all tools and libraries.
    public static let version = "0.1.0"
}
