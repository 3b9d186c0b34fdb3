/// The name of an image as daemons want it: with registry, path and tag.
public enum ImageReference {
    /// Where names without a registry belong, by the convention of all engines.
    public static let usualRegistry = "docker.io"

    /// Completes a short name, for instance `debian` or `127.0.0.1:5000/tools`. Nil if it cannot be a name.
    public static func complete(_ name: String) -> String? {
        guard !name.isEmpty, name.utf8.count <= 512, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        var parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: \.isEmpty) else { return nil }
        if parts.count == 1 || !isRegistry(parts[0]) {
            if parts.count == 1 { parts.insert("library", at: 0) }
            parts.insert(Substring(usualRegistry), at: 0)
        }
        let hasTag = parts[parts.count - 1].contains(":") || name.contains("@")
        return parts.joined(separator: "/") + (hasTag ? "" : ":latest")
    }

    /// The host of the registry that an image is of, with its port.
    public static func registry(of name: String) -> String {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count > 1 && isRegistry(parts[0]) ? String(parts[0]) : usualRegistry
    }

    private static func isRegistry(_ part: Substring) -> Bool { part == "localhost" || part.contains(".") || part.contains(":") }
}
