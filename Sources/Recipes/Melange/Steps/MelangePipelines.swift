internal import Documents
internal import FarmModel

/// The pipelines that steps may use: those of a submission and the built-in ones, each read once.
public struct MelangePipelines: Sendable {
    /// A pipeline as it was read.
    struct Definition: Sendable {
        /// What messages call it.
        var file: String
        /// What it does; nil if something in it is wrong.
        var step: MelangeStep?
        /// What is wrong.
        var errors: [DocumentError]
    }

    private let builtIn: @Sendable (String) -> String?
    private let names: [String]
    private var own: [String: String] = [:]
    private var ownDefinitions: [String: Definition] = [:]
    private var builtInDefinitions: [String: Definition] = [:]
    private var used: Set<String> = []

    /// Knows some pipelines as the built-in ones.
    /// - Parameters:
    ///   - names: The names of all, for advice.
    ///   - builtIn: The text of one by its name, such as `autoconf/make`.
    public init(names: [String], builtIn: @escaping @Sendable (String) -> String?) {
        self.names = names
        self.builtIn = builtIn
    }

    /// Knows the pipelines that bf brings along.
    public init() { self.init(names: BuiltInPipelines.names) { BuiltInPipelines.text($0) } }

    /// Takes over the pipelines of a submission, by their paths such as `foo/bar.yaml`; those of the one before are forgotten.
    public mutating func setOwn(_ texts: [String: String]) {
        guard own != texts else { return }
        own = texts
        ownDefinitions = [:]
    }

    /// The submission's pipelines that were asked for since the last time, with their texts.
    mutating func takeUsed() -> [String: String] {
        defer { used = [] }
        return own.filter { used.contains($0.key) }
    }

    /// Whether the submission has a pipeline of this name.
    func hasOwn(_ name: String) -> Bool { own[name + ".yaml"] != nil }

    /// The pipeline of a name, the submission's first; nil if there is none.
    mutating func definition(_ name: String) -> Definition? {
        if hasOwn(name) { used.insert(name + ".yaml") }
        if let known = ownDefinitions[name] { return known }
        if let text = own[name + ".yaml"] {
            let definition = Self.read(text, file: "pipelines/\(name).yaml")
            ownDefinitions[name] = definition
            return definition
        }
        if let known = builtInDefinitions[name] { return known }
        guard let text = builtIn(name) else { return nil }
        let definition = Self.read(text, file: "\(name).yaml")
        builtInDefinitions[name] = definition
        return definition
    }

    /// The names that a step may use, for advice.
    var allNames: [String] {
        own.keys.sorted().compactMap { $0.hasSuffix(".yaml") ? String($0.dropLast(5)) : nil } + NativePipeline.names + names
    }

    private static func read(_ text: String, file: String) -> Definition {
        var reader = NodeReader(file: file, base: nil, allowsLocalPaths: false)
        let node = reader.firstDocument(of: text).flatMap { reader.fields($0, "the pipeline", allowed: MelangeKeys.pipeline) }
        let step = node.map { reader.melangeStep($0) }
        let errors = reader.errors.list
        return Definition(file: file, step: errors.isEmpty ? step : nil, errors: errors)
    }
}
