internal import FarmModel

/// One check of packages, by the public name that melange gives it (https://github.com/chainguard-dev/melange, docs/LINTER.md).
struct Linter: Sendable {
    /// What a check finds.
    struct Fault: Equatable {
        /// Which file it is about; nil if it is about the package.
        let path: String?
        /// What is wrong, to go behind the path, or behind the package's name.
        let text: String
    }

    /// Its public name.
    let name: String
    /// What a finding means; nil for linters that are known but not asked.
    let severity: LintFinding.Severity?
    /// What to do about it.
    let advice: String
    /// Looks at a package.
    let check: @Sendable (ScannedPackage) throws(FarmError) -> [Fault]
}
