import Documents
import FarmModel

/// Makes the descriptions of the packages that a build ends with.
struct PackageBodies {
    /// The main package's full version.
    let version: String
    /// What the packages are for.
    let architecture: Architecture
    /// The main package's name.
    let origin: String
    /// Seconds since 1970.
    let buildTime: Int64
    /// What holds for subpackages that do not say it.
    let main: MelangeFacts

    /// The description of one package.
    func body(of package: ExpandedPackage, _ replacer: inout TextReplacer) -> PackageBody {
        let facts = package.facts
        var body = PackageBody(
            folder: package.name, name: package.name, version: version, architecture: architecture.name, origin: origin,
            buildTime: buildTime)
        let own = package.name == origin ? package.scope.shared["package.description"]?.onOneLine.trimmed : nil
        body.summary = own ?? replacer.line(facts.summary, "description") ?? ""
        body.url = replacer.line(facts.url, "url") ?? ""
        body.commit = replacer.line(facts.commit ?? main.commit, "commit")
        let (copyrights, owner) = facts.copyrights.isEmpty ? (main.copyrights, origin) : (facts.copyrights, package.name)
        body.copyrights = copyrights.map { copyright($0, &replacer) }
        for (index, copyright) in copyrights.enumerated() where copyright.licensePath != nil {
            body.copyrights[index].textPath = LicenseFile.place(ofEntry: index, of: owner)
        }
        addRelations(facts.dependencies, to: &body, &replacer)
        for (scriptlet, text) in facts.scriptlets.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            body.scriptlets[scriptlet] = replacer.text(text, scriptlet.rawValue)
        }
        body.triggerPaths = replacer.lines(facts.triggerPaths, "paths")
        body.options = facts.options
        body.capabilities = capabilities(facts.capabilities, &replacer)
        body.disabledLinters = facts.disabledLinters
        body.answeredLinters = Self.linters(answeredBy: package.test)
        return body
    }

    /// What the entries say of each file together, by path.
    private func capabilities(_ entries: [MelangeFileCapabilities], _ replacer: inout TextReplacer) -> [FileCapabilities] {
        var files: [String: FileCapabilities] = [:]
        for entry in entries {
            guard let line = replacer.line(entry.path, "path") else { continue }
            let path = line.suffix(after: "/") ?? line
            if path.hasOnlyPathNames, path.utf8.count <= DocumentLimits.pathBytes {
                files[path, default: FileCapabilities(path: path)].formUnion(entry.capabilities)
            } else {
                replacer.fail(at: entry.path.position, "path: expected a file of the package such as /usr/bin/ping, found \(line.quoted)")
            }
        }
        return files.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// What tests look for themselves, linters need not tell of, as in melange
    /// (https://github.com/chainguard-dev/melange/tree/main/pkg/linter/linters): only the steps of the test itself count.
    private static func linters(answeredBy test: MelangeTestSection?) -> [String] {
        let used = Set(test?.steps.compactMap(\.uses?.value) ?? [])
        return answers.filter { !used.isDisjoint(with: $0.pipelines) }.map(\.linter)
    }

    private static let answers: [(linter: String, pipelines: Set<String>)] = [
        ("lddcheck", ["test/ldd-check", "test/tw/ldd-check"]), ("pkgconf", ["test/pkgconf"]),
    ]

    private func copyright(_ copyright: MelangeCopyright, _ replacer: inout TextReplacer) -> PackageBody.Copyright {
        PackageBody.Copyright(
            license: replacer.line(copyright.license, "license") ?? "", attestation: copyright.attestation,
            paths: replacer.lines(copyright.paths, "paths"))
    }

    private func addRelations(_ relations: MelangeDependencies, to body: inout PackageBody, _ replacer: inout TextReplacer) {
        body.dependencies = replacer.terms(relations.runtime, "runtime")
        body.provides = replacer.terms(relations.provides, "provides")
        body.replaces = replacer.terms(relations.replaces, "replaces")
        body.providerPriority = replacer.integer(relations.providerPriority, "provider-priority")
        body.replacesPriority = replacer.integer(relations.replacesPriority, "replaces-priority")
    }
}
