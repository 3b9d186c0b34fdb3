internal import CSQLite
internal import FarmModel
internal import FarmStore

/// What `--version` prints.
public enum ToolVersion {
    /// The version of all tools of this release.
    public static let number = Release.version

    /// The schema of the state directories that these tools use.
    public static let schema = StateDirectory.schemaVersion

    /// For instance `bf-run 0.1.0 (schema 3, sqlite 3.40.1)`.
    public static func text(_ tool: String) -> String {
        "\(tool) \(number) (schema \(schema), sqlite \(String(cString: sqlite3_libversion())))"
    }
}
