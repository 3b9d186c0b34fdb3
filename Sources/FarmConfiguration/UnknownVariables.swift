internal import BuildGraph

/// Finds variables that were meant to be settings.
public enum UnknownVariables {
    private static let others = ["BF_CONFIG", "BF_OWNER", "BF_SERVER", "BF_TOKEN_FILE"]

    /// A sentence for each variable that looks like a setting and is none, sorted.
    /// - Parameter names: The names of all variables.
    public static func warnings(among names: [String]) -> [String] {
        let known = Setting.all.map(\.variable)
        return names.filter { $0.hasPrefix("BF_") && !known.contains($0) && !others.contains($0) }.sorted().compactMap { name in
            if let near = suggestion(for: name, among: known) { return "\(name) is no setting, did you mean \(near)?" }
            guard let section = section(of: name) else { return nil }
            return known.contains { self.section(of: $0) == section } ? "\(name) is no setting; see bf.yaml(5)" : nil
        }
    }

    /// `RUN` of `BF_RUN_JOBS`; nil without a section.
    private static func section(of name: String) -> Substring? {
        let parts = name.split(separator: "_")
        return parts.count > 2 ? parts[1] : nil
    }
}
