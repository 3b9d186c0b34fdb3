/// Something about a package that should not be so.
struct LintFinding: Sendable, Equatable {
    /// What it means.
    enum Severity: String, Sendable {
        /// The package is not made.
        case error
        /// It is said, and the package is made.
        case warning
    }

    /// The name of the linter, under which it can be disabled: `setuidgid`.
    let linter: String
    /// What it means.
    let severity: Severity
    /// Which file it is about, without a leading slash; nil if it is about the package.
    let path: String?
    /// One line that says what is wrong and what to do.
    let message: String
}
