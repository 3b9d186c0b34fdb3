public import FarmModel

/// What the farm keeps of a request for a build because answers repeat it: stored beside the build as JSON.
public struct MelangeBuildData: Sendable, Equatable {
    /// The repository that the configurations came from, if they did.
    public var git: MelangeGitSource?
    /// What was said beside the configurations.
    public var options: MelangeBuildOptions
    /// The packages in the order of the build's jobs.
    public var packages: [MelangePackageSet.Package]

    /// What is to be kept of a request.
    public init(_ request: MelangeBuildRequest, _ set: MelangePackageSet) {
        if case .git(let source) = request.source { git = source }
        options = request.options
        packages = set.packages
    }

    /// Reads what ``stored`` wrote; what is missing is empty.
    public init(stored: JSONObject) {
        let spec = stored["spec"]?.object ?? JSONObject()
        git = spec["git_source"]?.object.map(MelangeGitSource.init(stored:))
        options = MelangeBuildOptions(stored: spec)
        packages = (stored["packages"]?.array ?? []).enumerated().map { index, value in
            MelangePackageSet.Package(
                name: value["name"]?.string ?? "", version: nil, configuration: value["config_yaml"]?.string ?? "",
                dependencies: value["dependencies"]?.array?.compactMap(\.string) ?? [],
                position: value["position"]?.int.map(Int.init) ?? index)
        }
    }

    /// What is stored.
    public var stored: JSONObject {
        var spec = JSONObject()
        spec.add("git_source", git.map { .object($0.json) })
        options.add(to: &spec)
        let packages = packages.map { package -> JSONValue in
            [
                "name": .string(package.name), "config_yaml": .string(package.configuration),
                "dependencies": .array(package.dependencies.map(JSONValue.string)), "position": .int(Int64(package.position)),
            ]
        }
        return ["spec": .object(spec), "packages": .array(packages)]
    }

    /// `spec` as answers show it: with the configurations in the order of the request, unless they came from a repository.
    var spec: JSONObject {
        var spec = JSONObject()
        if let git {
            spec.add("git_source", .object(git.json))
        } else {
            let texts = packages.sorted { $0.position < $1.position }.map { JSONValue.string($0.configuration) }
            spec.add("configs", .array(texts))
        }
        options.add(to: &spec)
        return spec
    }
}
