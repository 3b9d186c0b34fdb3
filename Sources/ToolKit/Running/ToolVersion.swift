internal import CSQLite
internal import FarmModel

/// What `--version` prints.
public enum ToolVersion {
    /// The version of all tools of this release.
    public static let number = Release.version

    /// The schema of the state directories that these tools use.
    public static let schema = 2

    /// For instance `bf-run 0.1.0 (schema 2, sqlite 3.40.1)`.
    public static func text(_ tool: String) -> String {
        "\(tool) \(number) (schema \(schema), sqlite \(String(cString: sqlite3_libversion())))"
    }
}
