import Documents
import FarmModel

/// The keys of a melange document.
private let melangeKeys = KeyList(
    [
        "recipe", "name", "version", "arch", "needs", "labels", "environment", "config", "pipelines", "source_files", "sources",
        "variables", "secret_variables", "repositories", "keys", "build_options", "with_scripts", "with_test", "debug",
        "limits",
    ],
    silent: ["kind", "base", "origin"])

extension NodeReader {
    /// Reads one melange document; nil if it has no usable name or configuration.
    mutating func melangeDocument(_ node: DocumentNode) -> MelangeDocument? {
        guard let fields = fields(node, "document", allowed: melangeKeys) else { return nil }
        guard let name = required(fields, "name").flatMap({ string($0, "name", rule: .name) }),
            let text = required(fields, "config").flatMap({ string($0, "config", limit: DocumentLimits.documentBytes) })
        else { return nil }
        let architecture = fields["arch"].flatMap { self.architecture($0, "arch") } ?? defaults.architecture
        var document = MelangeDocument(name: name, architecture: architecture, configuration: text)
        document.version = fields["version"].flatMap { scalar($0, "version", rule: .line) }
        document.needs = needs(fields).map(\.name)
        document.labels = labels(fields)
        document.pipelines = files(fields, "pipelines")
        document.sourceFiles = files(fields, "source_files")
        document.variables = variables(fields)
        document.environment = fields["environment"].map { words($0, "packages") }
        document.secretVariables = words(fields, "secret_variables")
        if case .local(let folder)? = sources(fields).first?.origin { document.sources = folder }
        document.repositories = words(fields, "repositories").map { PackageEnvironment.Repository(text: $0) }
        document.keys = words(fields, "keys")
        if !allowsLocalPaths { refuseLocalPaths(document.repositories.map(\.address) + document.keys, fields) }
        if (document.repositories.map(\.address) + document.keys).contains(where: \.carriesPassword) {
            fail(at: fields.position, PackageEnvironment.passwordRefusal)
        }
        document.buildOptions = buildOptions(fields)
        document.limits = limits(fields)
        document.base = base
        document.origin = fields["origin"].flatMap(Self.origin)
        document.withScripts = flag(fields, "with_scripts")
        document.withTest = flag(fields, "with_test")
        document.debug = flag(fields, "debug")
        return document
    }

    private mutating func words(_ fields: DocumentNode, _ key: String) -> [String] {
        elements(fields, key).compactMap { string($0, key, rule: .line) }
    }

    private mutating func buildOptions(_ fields: DocumentNode) -> [String] {
        elements(fields, "build_options", limit: MelangeLimits.options).compactMap { string($0, "build_options", rule: .buildOption) }
    }

    private mutating func refuseLocalPaths(_ texts: [String], _ fields: DocumentNode) {
        for text in texts where !text.contains("://") {
            fail(at: fields.position, "\(text.quoted) is a path of this machine, which only documents of this machine may name")
        }
    }

    private static func origin(_ node: DocumentNode) -> DocumentOrigin? {
        guard let file = node["file"]?.text, case .integer(let line)? = node["line"]?.value else { return nil }
        return DocumentOrigin(file: file, line: Int(line))
    }

    private mutating func required(_ fields: DocumentNode, _ key: String) -> DocumentNode? {
        if let node = fields[key] { return node }
        fail(at: fields.position, "\(key): a melange document needs a \(key)")
        return nil
    }

    /// Texts by relative path.
    private mutating func files(_ fields: DocumentNode, _ key: String) -> [String: String] {
        guard let node = fields[key] else { return [:] }
        guard let members = node.members, members.count <= DocumentLimits.elements else {
            expected("a mapping of at most \(DocumentLimits.elements) files", node, key)
            return [:]
        }
        var files: [String: String] = [:]
        for member in members {
            guard TextRule.filePath.accepts(member.key) else {
                fail(at: member.position, "\(key): expected \(TextRule.filePath.expectation), found \(member.key.quoted)")
                continue
            }
            files[member.key] = string(member.value, member.key, limit: DocumentLimits.documentBytes)
        }
        return files
    }
}

extension TextRule {
    /// The path of a file below a folder of the job.
    static let filePath = TextRule("a relative path without \"..\"", limit: DocumentLimits.pathBytes) {
        !$0.isEmpty && $0.utf8.count <= DocumentLimits.pathBytes && !$0.holdsControls && $0.hasOnlyPathNames
    }
}
