import FarmModel

/// A program that bf runs for certain work.
struct ToolFacts: Sendable {
    /// The name of the check.
    var name: String
    /// What cannot be done without it.
    var purpose: String
    /// The package that has it.
    var package: String
    /// What it says of its version, or where it is; nil where it is not installed.
    var found: String?

    var check: CheckRecord {
        guard let found else { return CheckRecord(name, .absent, "not installed: \(purpose)", remedy: "install the package \(package)") }
        return CheckRecord(name, .ok, found)
    }
}
