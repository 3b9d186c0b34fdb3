import FarmModel

/// Reads a ``JobIdentity`` from its columns.
enum StoredIdentity {
    static func read(name: String, architecture: String, cell: String) -> JobIdentity {
        var axes: [String: String] = [:]
        for pair in cell.split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { axes[String(parts[0])] = String(parts[1]) }
        }
        return JobIdentity(name: name, architecture: Architecture(architecture) ?? .noarch, cell: axes)
    }
}
