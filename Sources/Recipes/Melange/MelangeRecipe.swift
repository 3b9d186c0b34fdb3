public import Documents
public import FarmModel

/// Packages of melange: a configuration becomes a root file system of packages, phases, and apk packages made of what these leave.
public struct MelangeRecipe: Recipe {
    /// `melange`
    public static let name = "melange"
    /// The second: the first built nothing.
    public static let revision = 2

    /// The only one.
    public init() {}

    /// One job: a document is one package.
    public func jobs(in document: DocumentNode, _ reader: inout NodeReader) -> [JobSpec] {
        let melange = reader.melangeDocument(document)
        guard let melange, reader.errors.list.isEmpty else { return [] }
        return [melange.spec]
    }

    /// Each repository and file that steps ask for, once.
    public func prepare(_ spec: JobSpec) throws(FarmError) -> [PrepareRequest] {
        let build = try build(try document(of: spec))
        var requests: [PrepareRequest] = []
        for source in ([build.work] + build.tests.map(\.work)).flatMap(\.sources) {
            guard let request = source.request, !requests.contains(request) else { continue }
            requests.append(request)
        }
        return requests
    }

    /// The plan: a phase for the package and one for each subpackage, and the tests if they were asked for.
    public func plan(_ spec: JobSpec, resolved: Resolution) throws(FarmError) -> Plan {
        let document = try document(of: spec)
        let build: MelangeBuild
        do throws(FarmError) { build = try self.build(document) } catch {
            // The services take what cannot be read; the job fails when it is prepared.
            guard document.origin == nil, resolved == Resolution() else { throw error }
            return Self.standIn(for: spec)
        }
        var plan = Plan(environment: build.work.root, architecture: build.architecture, phases: build.work.phases)
        plan.variables = build.work.variables.merging(document.variables) { $1 }
        plan.secrets = document.secretVariables.map { SecretUse(name: $0, variable: $0) }
        plan.sources = (build.work.sources + document.ownSources).map { $0.resolved(by: resolved) }
        plan.user = build.work.user
        plan.packages = build.packages
        plan.tests = build.tests.map { test in
            var trial = PackageTest(
                name: test.name, environment: test.work.environment, variables: test.work.variables.merging(document.variables) { $1 },
                phases: test.work.phases)
            trial.sources = (test.work.sources + document.ownSources).map { $0.resolved(by: resolved) }
            trial.user = test.work.user
            return trial
        }
        plan.interface = ["*/**"]
        plan.limits = limits(document, build)
        return plan
    }

    /// Each package and index by its name, and the tree of them all.
    public func conclude(_ spec: JobSpec, _ outcome: TreeOutcome) -> Conclusion {
        let identity = spec.identity
        let tree = NamedArtifact(kind: "tree", name: identity.name, version: spec.version, architecture: identity.architecture)
        let packages = outcome.paths.compactMap { path -> NamedArtifact? in
            guard let (name, version) = Self.package(path) else { return nil }
            return NamedArtifact(kind: "apk", name: name, version: version, architecture: identity.architecture, path: path)
        }
        return Conclusion(artifacts: [tree] + packages)
    }

    /// The folder of source files, if there is one.
    public func localSources(_ spec: JobSpec) throws(FarmError) -> [LocalSource] {
        try document(of: spec).sources.map { [$0] } ?? []
    }

    /// The job with its source files in the store.
    public func binding(_ trees: [Digest], to spec: JobSpec) throws(FarmError) -> JobSpec {
        var document = try document(of: spec)
        document.sources?.tree = trees.first
        var bound = document.spec
        bound.priority = spec.priority
        bound.retry = spec.retry
        return bound
    }

    /// A plan that is never run, so that a submission has its digest.
    private static func standIn(for spec: JobSpec) -> Plan {
        var plan = Plan(architecture: spec.identity.architecture, phases: [])
        plan.variables["document"] = Digest.of(JSONValue.object(spec.document).canonicalText.utf8).description
        plan.isVolatile = true
        return plan
    }

    /// Name and version of a package by the path of its file: `x86_64/zlib-dev-1.3.1-r4.apk`.
    private static func package(_ path: String) -> (name: String, version: String)? {
        guard path.hasSuffix(".apk"), let file = path.split(separator: "/").last?.dropLast(4),
            let release = file.lastIndex(of: "-"), let version = file[..<release].lastIndex(of: "-")
        else { return nil }
        return (String(file[..<version]), String(file[file.index(after: version)...]))
    }

    /// Reads a record again; it was checked when it was first read.
    private func document(of spec: JobSpec) throws(FarmError) -> MelangeDocument {
        var reader = NodeReader(
            file: "job \(spec.identity)", base: spec.base, allowsLocalPaths: true,
            defaults: DocumentDefaults(architecture: spec.identity.architecture))
        let document = reader.melangeDocument(DocumentNode(json: .object(spec.document)))
        if let error = reader.errors.farmError { throw error }
        guard let document else { throw FarmError(.internalError, "job \(spec.identity): its document cannot be read") }
        return document
    }

    private func build(_ document: MelangeDocument) throws(FarmError) -> MelangeBuild {
        let configuration = try MelangeConfigurationFile.read(document.configuration, name: document.place)
        var compiler = document.compiler
        var build = try compiler.compile(configuration, for: document.architecture)
        if !document.withTest { build.tests = [] }
        if document.base == nil { try build.refuseLocalPaths() }
        return build
    }

    private func limits(_ document: MelangeDocument, _ build: MelangeBuild) -> Limits {
        var limits = document.limits
        limits.wallMilliseconds = build.timeoutMilliseconds ?? limits.wallMilliseconds
        limits.memoryBytes = build.resources.memoryBytes ?? limits.memoryBytes
        limits.cpus = build.resources.cores ?? limits.cpus
        return limits
    }
}

extension MelangeDocument {
    /// What messages call the configuration.
    var place: String { origin?.file ?? "package \(name)" }

    /// Compiles with what is said beside the configuration.
    var compiler: MelangeCompiler {
        var pipelines = MelangePipelines()
        pipelines.setOwn(self.pipelines)
        var defaults = MelangeDefaults()
        defaults.repositories = repositories
        defaults.keys = keys
        defaults.buildOptions = buildOptions
        defaults.runsScripts = withScripts
        defaults.showsCommands = debug
        return MelangeCompiler(pipelines: pipelines, defaults: defaults)
    }

    /// The files beside the configuration.
    fileprivate var ownSources: [Source] {
        let folder = sources.map { [Source(origin: .local($0), destination: Self.files)] } ?? []
        return sourceFiles.isEmpty ? folder : folder + [Source(origin: .texts(sourceFiles), destination: Self.files)]
    }

    /// Where phases find them, below `/build`.
    private static let files = "files"
}

extension MelangeBuild {
    /// Who may not name paths of this machine may not take packages and keys from there.
    fileprivate func refuseLocalPaths() throws(FarmError) {
        for environment in ([work] + tests.map(\.work)).map(\.environment) {
            for text in environment.repositories.map(\.address) + environment.keys where !text.contains("://") {
                throw FarmError(.badInput, "\(text.quoted) is a path of this machine, which only configurations of this machine may name")
            }
        }
    }
}

extension MelangeWork {
    /// The root. Where no package is named it is the machine's own programs: the first packages of all are made of these.
    fileprivate var root: Environment { environment.packages.isEmpty ? .host : .packages(environment) }

    /// What is fetched before the first phase.
    fileprivate var sources: [Source] { fetches.map(\.source) + checkouts.map(\.source) }
}

extension MelangeFetch {
    fileprivate var source: Source {
        let checksum: URLSource.Checksum =
            switch self.checksum {
            case .sha256(let digest): .sha256(digest)
            case .sha512(let bytes): .sha512(bytes)
            case .none: .none
            }
        return Source(origin: .url(URLSource(url: uri, checksum: checksum)), destination: destination)
    }
}

extension MelangeCheckout {
    fileprivate var source: Source {
        var git = GitSource(repository: repository, reference: branch ?? tag, commit: commit, submodules: submodules)
        git.keepsRepository = true
        git.picks = cherryPicks.map { pick in pick.branch.map { "\($0)/\(pick.commit)" } ?? pick.commit }
        return Source(origin: .git(git), destination: destination)
    }
}
