internal import Documents
internal import FarmModel

/// What a melange configuration says of a package before it is built: its name, its version and what its environment holds.
///
/// Everything else in the text is judged when it is built (https://github.com/chainguard-dev/melange/blob/main/docs/BUILD-FILE.md).
public struct MelangeConfiguration: Sendable, Equatable {
    /// `package.name`; nil if it is missing or empty.
    public var name: String?
    /// `package.version`
    public var version: String?
    /// `environment.contents.packages` as written; nil if there is no such list.
    public var packages: [String]?

    /// Reads the first document of a YAML text.
    /// - Throws: ``MelangeConfigurationFault`` if the text is not YAML or one of the fields is of another kind.
    public init(yaml text: String) throws(MelangeConfigurationFault) {
        var first: DocumentNode?
        do throws(DocumentFault) {
            try DocumentInput(name: "config", bytes: Array(text.utf8), base: nil).read { document in
                first = document
                return false
            }
        } catch {
            throw MelangeConfigurationFault(line: error.position.line, error.message)
        }
        guard let document = first, !document.isNull else { return }
        guard document.members != nil else { throw document.fault("the configuration", "a mapping") }
        if let package = try document.mapping("package") {
            name = try package.word("name").flatMap { $0.isEmpty ? nil : $0 }
            version = try package.word("version")
        }
        packages = try document.mapping("environment")?.mapping("contents")?.words("packages")
    }

    /// The name of the package that an entry of `environment.contents.packages` means: `foo=1.2`, `foo>1`, `foo~1` and `foo@edge` mean `foo`.
    public static func name(ofEntry entry: String) -> String {
        String(entry.prefix { !"=<>~@ \t".contains($0) })
    }
}

/// Why a configuration cannot be read, as `yaml: line 3: …`.
public struct MelangeConfigurationFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Counted from 1.
    public var line: Int
    /// What is wrong.
    public var reason: String

    fileprivate init(line: Int32, _ reason: String) {
        self.line = Int(line)
        self.reason = reason.hasPrefix("not YAML: ") ? String(reason.dropFirst("not YAML: ".count)) : reason
    }

    /// `yaml: line 3: …`
    public var description: String { "yaml: line \(line): \(reason)" }
}

extension DocumentNode {
    fileprivate func fault(_ key: String, _ expectation: String) -> MelangeConfigurationFault {
        MelangeConfigurationFault(line: position.line, "\(key): expected \(expectation), found \(found)")
    }

    fileprivate func mapping(_ key: String) throws(MelangeConfigurationFault) -> DocumentNode? {
        guard let node = self[key] else { return nil }
        guard node.members != nil else { throw node.fault(key, "a mapping") }
        return node
    }

    fileprivate func word(_ key: String) throws(MelangeConfigurationFault) -> String? {
        guard let node = self[key] else { return nil }
        return try node.word(of: key)
    }

    fileprivate func words(_ key: String) throws(MelangeConfigurationFault) -> [String]? {
        guard let node = self[key] else { return nil }
        guard case .list(let elements) = node.value else { throw node.fault(key, "a list") }
        guard elements.count <= DocumentLimits.needs else { throw node.fault(key, "at most \(DocumentLimits.needs) entries") }
        var words: [String] = []
        for element in elements { words.append(try element.word(of: key)) }
        return words
    }

    private func word(of key: String) throws(MelangeConfigurationFault) -> String {
        switch value {
        case .string, .integer, .number, .bool: return text
        default: throw fault(key, "a string")
        }
    }
}
