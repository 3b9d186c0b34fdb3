/// What a runner can do, as it says when it starts.
public struct RunnerAbilities: Sendable, Equatable {
    /// The architectures whose jobs it takes; jobs of `noarch` are taken by all.
    public var architectures: Set<Architecture>
    /// Its labels.
    public var labels: Set<String>
    /// The builds and jobs that it takes; nil means all.
    public var selection: Selection?
    /// What root file systems it can give a job.
    public var environments: Set<EnvironmentKind> = [.host, .root]

    /// Creates them.
    public init(architectures: Set<Architecture> = [.native], labels: Set<String> = [], selection: Selection? = nil) {
        self.architectures = architectures
        self.labels = labels
        self.selection = selection
    }

    /// What a requirement asks for and the runner does not have, as `arch NAME`, `label NAME` and `environment NAME`; empty if it can do it.
    public func lacks(_ requirement: Requirement) -> [String] {
        let isBuilt = requirement.architecture == .noarch || architectures.contains(requirement.architecture)
        return (isBuilt ? [] : ["arch \(requirement.architecture)"])
            + requirement.labels.filter { !labels.contains($0) }.map { "label \($0)" }
            + (environments.contains(requirement.environment) ? [] : ["environment \(requirement.environment.rawValue)"])
    }

    /// The form in which other processes read it.
    public var json: JSONObject {
        var object: JSONObject = [
            "arch": .array(architectures.map(\.name).sorted().map(JSONValue.string)),
            "labels": .array(labels.sorted().map(JSONValue.string)),
        ]
        guard let selection else { return object }
        object.add("builds", .array(selection.builds.sorted().map { .string($0.description) }))
        object.add("jobs", .array(selection.jobs.sorted().map { .string($0.description) }))
        return object
    }

    /// Reads ``json``; what is missing counts as nothing.
    public init(json: JSONObject) {
        func strings(_ key: String) -> [String]? { json[key]?.array?.compactMap(\.string) }
        architectures = Set((strings("arch") ?? []).compactMap { Architecture($0) })
        labels = Set(strings("labels") ?? [])
        guard json["builds"] != nil || json["jobs"] != nil else { return }
        selection = Selection(
            builds: Set((strings("builds") ?? []).compactMap { BuildID($0) }), jobs: Set((strings("jobs") ?? []).compactMap { JobID($0) }))
    }
}
