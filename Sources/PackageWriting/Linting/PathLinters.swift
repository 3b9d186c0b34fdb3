internal import FarmModel
internal import PackageFiles

extension Linter {
    /// A linter of which the paths alone decide.
    /// - Parameters:
    ///   - exempt: Endings of package names that may have such files.
    ///   - text: What is wrong with each file.
    ///   - isFault: Whether an entry, by its path, should not be there.
    static func paths(
        _ name: String, _ severity: LintFinding.Severity?, exempt: [String] = [], _ text: String, advice: String,
        isFault: @escaping @Sendable (PackageTree.Entry) -> Bool
    ) -> Linter {
        Linter(name: name, severity: severity, advice: advice) { package in
            if exempt.contains(where: { package.body.name.hasSuffix($0) }) { return [] }
            return package.tree.entries.filter(isFault).map { Fault(path: $0.path, text: text) }
        }
    }
}
