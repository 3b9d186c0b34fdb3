internal import FarmModel

/// Asks all linters about a package.
struct PackageLinter {
    /// More findings of one linter are counted, not shown.
    static let shownLimit = 20

    /// All linters by name: what fails a build, what warns, and what is known only so that it can be disabled.
    static let linters: [Linter] =
        (PlaceLinters.all + PermissionLinters.all + KindLinters.all + BinaryLinters.all + PythonLinters.all + [DuplicateLinter.linter])
        .sorted { $0.name < $1.name }

    /// The names that no linter has.
    static func unknown(among names: [String]) -> [String] { names.filter { name in !linters.contains { $0.name == name } } }

    /// The findings, by the linters' names. As in melange, those that the package's body disables warn at most, and those that its tests
    /// answer are not asked.
    /// - Throws: `inputOutput` if a file cannot be read.
    static func findings(in package: ScannedPackage) throws(FarmError) -> [LintFinding] {
        let disabled = Set(package.body.disabledLinters)
        var findings: [LintFinding] = []
        for linter in linters where !package.body.answeredLinters.contains(linter.name) {
            guard let usual = linter.severity else { continue }
            let severity = disabled.contains(linter.name) ? .warning : usual
            let faults = try linter.check(package)
            findings += faults.prefix(shownLimit).map { fault in
                let place = fault.path.map { "/\($0)" } ?? package.body.name
                return LintFinding(
                    linter: linter.name, severity: severity, path: fault.path, message: "\(place) \(fault.text); \(linter.advice)")
            }
            if faults.count > shownLimit {
                let message = "\(package.body.name) has \(faults.count - shownLimit) more such files; \(linter.advice)"
                findings.append(LintFinding(linter: linter.name, severity: severity, path: nil, message: message))
            }
        }
        return findings
    }
}
