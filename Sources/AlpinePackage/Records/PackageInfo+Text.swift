extension PackageInfo {
    /// The text of `.PKGINFO` in the order of melange's, with a comment before it.
    ///
    /// No value can begin a line of its own: control characters become spaces, and words of lists lose them.
    public func text(comment: String = "") -> String {
        let comments = comment.split(separator: "\n").map { "# \(String($0).singleLine)\n" }
        return comments.joined() + (identityLines + relationLines + endLines).joined()
    }

    private var identityLines: [String] {
        [
            Self.line("pkgname", record.name.singleWord), Self.line("pkgver", record.version.singleWord),
            Self.line("arch", record.architecture.singleWord), Self.line("size", String(record.installedSize)),
            Self.optional("origin", record.origin), Self.line("pkgdesc", record.summary), Self.line("url", record.url),
            Self.line("commit", record.commit ?? ""), Self.optional("maintainer", record.maintainer), Self.optional("packager", packager),
            Self.optional("builddate", record.buildTime.map { String($0) }), Self.line("license", record.license),
        ]
    }

    private var relationLines: [String] {
        Self.lines("depend", record.dependencies) + Self.lines("provides", record.provides) + Self.lines("replaces", record.replaces)
            + [
                Self.optional("install_if", record.installIf.map(\.description.singleWord).joined(separator: " ")),
                Self.optional("provider_priority", record.providerPriority.map { String($0) }),
                Self.optional("replaces_priority", record.replacesPriority.map { String($0) }),
            ]
    }

    private var endLines: [String] {
        [Self.optional("triggers", triggers.map(\.singleWord).joined(separator: " ")), Self.optional("datahash", dataHash?.singleWord)]
    }

    private static func line(_ key: String, _ value: String) -> String { "\(key) = \(value.singleLine)\n" }

    private static func optional(_ key: String, _ value: String?) -> String {
        guard let value, !value.singleLine.isEmpty else { return "" }
        return line(key, value)
    }

    private static func lines(_ key: String, _ terms: [Dependency]) -> [String] {
        terms.map { line(key, $0.description.singleWord) }
    }
}
