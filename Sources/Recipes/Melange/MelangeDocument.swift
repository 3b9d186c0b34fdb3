internal import Documents
public import FarmModel

/// One melange package as a job of the farm: the text of its configuration and what is said beside it.
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
    /// The folder of files that lie beside the configuration; nil if there is none.
    public var sources: LocalSource?
    /// The packages that its root is made of, as far as that is known before it is built; nil if it is made of the machine's own programs.
    public var environment: [String]? = []
    /// Variables of all steps.
    public var variables: [String: String] = [:]
    /// The names of variables of all steps whose values are secrets, under the same name.
    public var secretVariables: [String] = []
    /// Repositories after those of the configuration.
    public var repositories: [PackageEnvironment.Repository] = []
    /// Keys beside those of the configuration.
    public var keys: [String] = []
    /// The names of the options of the configuration that are enabled, in order.
    public var buildOptions: [String] = []
    /// Whether the scripts of packages run in its roots.
    public var withScripts = false
    /// Whether the package's tests run after its build.
    public var withTest = false
    /// Whether the log tells more.
    public var debug = false
    /// The packages of the same build that it is built after.
    public var needs: [String] = []
    /// What a runner must offer, as `key=value`.
    public var labels: [String] = []
    /// Caps on what it may use.
    public var limits = Limits()
    /// The folder that the configuration lies in; nil if its sender may not name paths of this machine.
    public var base: String?
    /// Where it was read.
    public var origin: DocumentOrigin?

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
        record.add("needs", Self.list(needs))
        record.add("labels", Self.list(labels))
        record.add("environment", environment.map { .object(["packages": .array($0.map(JSONValue.string))]) })
        record.add("config", configuration)
        record.add("pipelines", Self.mapping(pipelines))
        record.add("source_files", Self.mapping(sourceFiles))
        let plan = plan
        if sources != nil { record.add("sources", plan.json["sources"]) }
        record.add("variables", Self.mapping(variables))
        record.add("secret_variables", Self.list(secretVariables))
        record.add("repositories", Self.list(repositories.map(\.text)))
        record.add("keys", Self.list(keys))
        record.add("build_options", Self.list(buildOptions))
        record.addIfTrue("with_scripts", withScripts)
        record.addIfTrue("with_test", withTest)
        record.addIfTrue("debug", debug)
        record.add("limits", plan.body()["limits"])
        record.add("base", base)
        record.add("origin", origin?.json)
        return record
    }

    /// A plan that has nothing but what is written as it is there.
    private var plan: Plan {
        var plan = Plan(architecture: architecture, phases: [])
        plan.sources = sources.map { [Source(origin: .local($0))] } ?? []
        plan.limits = limits
        return plan
    }

    /// The job.
    public var spec: JobSpec {
        JobSpec(
            identity: JobIdentity(name: name, architecture: architecture), version: version, needs: needs.map { Need(name: $0) },
            labels: labels.sorted(), recipe: MelangeRecipe.name, document: record, base: base, origin: origin)
    }

    /// Checks that the record can be read again: that names, labels, paths and variables are as the farm takes them.
    /// - Throws: `badInput` with the first thing that is wrong.
    public func check() throws(FarmError) {
        var reader = NodeReader(file: "package \(name)", base: nil, allowsLocalPaths: false)
        _ = reader.melangeDocument(DocumentNode(json: .object(record)))
        if let error = reader.errors.list.first { throw FarmError(.badInput, error.message) }
    }

    private static func list(_ texts: [String]) -> JSONValue? { texts.isEmpty ? nil : .array(texts.map(JSONValue.string)) }

    private static func mapping(_ values: [String: String]) -> JSONValue? {
        guard !values.isEmpty else { return nil }
        let members = values.sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: .string($0.value)) }
        return .object(JSONObject(uniqueMembers: members))
    }
}

extension PackageEnvironment.Repository {
    /// `address`, or `@tag address` as in /etc/apk/repositories.
    var text: String { tag.map { "@\($0) \(address)" } ?? address }

    /// Reads ``text``.
    init(text: String) {
        guard text.hasPrefix("@"), let space = text.firstIndex(of: " ") else {
            self.init(address: text)
            return
        }
        self.init(address: String(text[text.index(after: space)...]), tag: String(text[text.index(after: text.startIndex)..<space]))
    }
}
