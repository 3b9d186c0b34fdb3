internal import FarmModel

/// What a request for a build says beside its configurations; it counts for every package.
public struct MelangeBuildOptions: Sendable, Equatable {
    /// Texts of pipelines by path.
    public var pipelines: [String: String] = [:]
    /// What to build for, as the request has it; nil is the server's own.
    public var architecture: String?
    /// What a backend must offer.
    public var backendSelector: [String: String] = [:]
    /// Whether the packages' tests run after their builds.
    public var withTest = false
    /// Whether the logs tell more.
    public var debug = false
    /// `mode` as the request has it; nil is ``MelangeBuildRequest/Mode/dag``.
    public var mode: MelangeBuildRequest.Mode?
    /// Variables of all steps.
    public var variables: [String: String] = [:]
    /// Texts of files by package and path.
    public var sourceFiles: [String: [String: String]] = [:]

    /// Nothing beside the configurations.
    public init() {}

    init(_ object: RequestObject) throws(RequestObject.Fault) {
        pipelines = try object.map("pipelines") ?? [:]
        architecture = try object.string("arch").flatMap { $0.isEmpty ? nil : $0 }
        backendSelector = try object.map("backend_selector") ?? [:]
        withTest = try object.flag("with_test")
        debug = try object.flag("debug")
        mode = try Self.mode(object.string("mode"))
        variables = try object.map("env") ?? [:]
        guard let files = try object.child("source_files") else { return }
        for member in files.object.members { sourceFiles[member.key] = try files.map(member.key) }
    }

    private static func mode(_ word: String?) throws(RequestObject.Fault) -> MelangeBuildRequest.Mode? {
        guard let word, !word.isEmpty else { return nil }
        if let mode = MelangeBuildRequest.Mode(rawValue: word) { return mode }
        throw RequestObject.Fault(reason: "invalid mode \(JSONValue.string(word).text): must be 'flat' or 'dag'")
    }

    /// Reads what ``add(to:)`` wrote: what answers need.
    init(stored spec: JSONObject) {
        pipelines = spec["pipelines"]?.object.map(Self.map) ?? [:]
        architecture = spec["arch"]?.string
        backendSelector = spec["backend_selector"]?.object.map(Self.map) ?? [:]
        withTest = spec["with_test"]?.bool ?? false
        debug = spec["debug"]?.bool ?? false
        mode = spec["mode"]?.string.flatMap(MelangeBuildRequest.Mode.init(rawValue:))
        variables = spec["env"]?.object.map(Self.map) ?? [:]
    }

    private static func map(_ object: JSONObject) -> [String: String] {
        Dictionary(object.members.map { ($0.key, $0.value.string ?? "") }) { _, later in later }
    }

    /// Adds the members of `spec` in their order. Values of variables are not shown: they may be secrets.
    func add(to spec: inout JSONObject) {
        spec.add("pipelines", pipelines.isEmpty ? nil : GoText.map(pipelines))
        spec.add("arch", architecture)
        spec.add("backend_selector", backendSelector.isEmpty ? nil : GoText.map(backendSelector))
        spec.addIfTrue("with_test", withTest)
        spec.addIfTrue("debug", debug)
        spec.add("mode", mode?.rawValue)
        spec.add("env", variables.isEmpty ? nil : GoText.map(variables.mapValues { _ in Self.hidden }))
    }

    /// The variables that are kept as secrets: all but words that would blot out half of a log.
    public var secrets: [String: String] { variables.filter { Self.isSecret($0.value) } }

    /// The variables that are kept as they are.
    var plainVariables: [String: String] { variables.filter { !Self.isSecret($0.value) } }

    private static let shortestSecret = 4

    private static func isSecret(_ value: String) -> Bool {
        value.utf8.count >= shortestSecret && !["true", "false", "none"].contains(value) && Int(value) == nil
    }

    /// What stands for the value of a variable.
    static let hidden = "***"
}
