internal import Documents
public import FarmModel

/// One melange package as a job of the farm: the text of its configuration and what the request says beside it.
public struct MelangeDocument: Sendable, Equatable {
    /// The name of the package.
    public var name: String
    /// Its version, if the configuration states one.
    public var version: String?
    /// What it is built for.
    public var architecture: Architecture
    /// The configuration: melange YAML.
    public var configuration: String
    /// Texts of pipelines of the request's own, by path.
    public var pipelines: [String: String] = [:]
    /// Texts of files that lie beside the configuration, by path.
    public var sourceFiles: [String: String] = [:]
    /// Variables of all steps.
    public var variables: [String: String] = [:]
    /// Whether the package's tests run after its build.
    public var withTest = false
    /// Whether the log tells more.
    public var debug = false
    /// The packages of the same build that it is built after.
    public var needs: [String] = []
    /// What a runner must offer, as `key=value`.
    public var labels: [String] = []

    /// A package without anything beside its configuration.
    public init(name: String, version: String? = nil, architecture: Architecture, configuration: String) {
        self.name = name
        self.version = version
        self.architecture = architecture
        self.configuration = configuration
    }

    /// The document as a self-contained `spec` record.
    var record: JSONObject {
        var record: JSONObject = ["kind": "spec", "recipe": .string(MelangeRecipe.name), "name": .string(name)]
        record.add("version", version)
        record.add("arch", architecture.name)
        record.add("needs", needs.isEmpty ? nil : .array(needs.map(JSONValue.string)))
        record.add("labels", labels.isEmpty ? nil : .array(labels.map(JSONValue.string)))
        record.add("config", configuration)
        record.add("pipelines", Self.mapping(pipelines))
        record.add("source_files", Self.mapping(sourceFiles))
        record.add("variables", Self.mapping(variables))
        record.addIfTrue("with_test", withTest)
        record.addIfTrue("debug", debug)
        return record
    }

    /// The job.
    public var spec: JobSpec {
        JobSpec(
            identity: JobIdentity(name: name, architecture: architecture), version: version, needs: needs.map { Need(name: $0) },
            labels: labels.sorted(), recipe: MelangeRecipe.name, document: record)
    }

    /// Checks that the record can be read again: that names, labels, paths and variables are as the farm takes them.
    /// - Throws: `badInput` with the first thing that is wrong.
    public func check() throws(FarmError) {
        var reader = NodeReader(file: "package \(name)", base: nil, allowsLocalPaths: false)
        _ = reader.melangeDocument(DocumentNode(json: .object(record)))
        if let error = reader.errors.list.first { throw FarmError(.badInput, error.message) }
    }

    private static func mapping(_ values: [String: String]) -> JSONValue? {
        guard !values.isEmpty else { return nil }
        let members = values.sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: .string($0.value)) }
        return .object(JSONObject(uniqueMembers: members))
    }
}
