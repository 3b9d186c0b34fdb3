internal import BuildGraph
internal import Documents
public import FarmModel
internal import Recipes

/// The packages of one build in the order in which they are built, as jobs of the farm and as the build's answers show them.
public struct MelangePackageSet: Sendable, Equatable {
    /// One package.
    public struct Package: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Its version, if the configuration states one.
        public var version: String?
        /// Its configuration.
        public var configuration: String
        /// What its environment holds, as written.
        public var dependencies: [String]
        /// Its place in the request, from 0 on.
        public var position: Int
    }

    /// In topological order; of those that could come next, the first by name comes next.
    public let packages: [Package]
    /// For each package the names of those of the build that it needs, sorted.
    public let needs: [[String]]

    /// Reads configurations and orders them.
    /// - Throws: `MelangeError` with status 400.
    ///
    /// A package needs those whose names its environment holds, and those that make a package it holds; what a configuration makes is known
    /// only if all of it can be read, which is judged when it is built.
    /// - Parameters:
    ///   - options: What the request says beside them.
    ///   - usual: The architecture where the request names none.
    public init(
        configurations: [String], mode: MelangeBuildRequest.Mode, options: MelangeBuildOptions = MelangeBuildOptions(),
        usual: Architecture = .native
    ) throws(MelangeError) {
        let architecture = try MelangeError.architecture(options.architecture, usual: usual)
        guard !configurations.isEmpty else { throw MelangeError(400, "no configs provided") }
        var found: [Package] = []
        for (position, text) in configurations.enumerated() {
            found.append(try Self.package(text, position, isAlone: configurations.count == 1))
        }
        let sorted = found.sorted { ($0.name, $0.position) < ($1.name, $1.position) }
        for (left, right) in zip(sorted, sorted.dropFirst()) where left.name == right.name {
            throw MelangeError(400, "failed to build dependency graph: duplicate package: \(left.name)")
        }
        let graph = Self.graph(sorted, made: mode == .dag ? Self.edges(sorted, options.pipelines, architecture) : [], mode)
        do throws(CycleError) {
            let order = try graph.order()
            packages = order.map { sorted[$0] }
            needs = order.map { node in graph.needs(of: node).map { sorted[$0].name }.sorted() }
        } catch {
            let path = error.cycles.first?.path.map { sorted[$0].name } ?? []
            throw MelangeError(400, "dependency error: cycle detected in dependency graph: \(GoText.list(path))")
        }
    }

    private static func package(_ text: String, _ position: Int, isAlone: Bool) throws(MelangeError) -> Package {
        let place = isAlone ? "" : "configs[\(position)]: "
        let configuration: MelangeConfiguration
        do throws(MelangeConfigurationFault) { configuration = try MelangeConfiguration(yaml: text) } catch {
            throw MelangeError(400, "failed to parse configs: \(place)\(error)")
        }
        guard let name = configuration.name else { throw MelangeError(400, "failed to parse configs: config missing package name") }
        return Package(
            name: name, version: configuration.version, configuration: text, dependencies: configuration.packages ?? [], position: position)
    }

    /// Who needs a package that another one makes.
    private static func edges(
        _ sorted: [Package], _ pipelines: [String: String], _ architecture: Architecture
    ) -> [(node: Int, need: Int)] {
        var compiler = MelangeCompiler(pipelines: MelangePipelines())
        compiler.pipelines.setOwn(pipelines)
        var (heads, nodes): ([MelangeHead], [Int]) = ([], [])
        for (node, package) in sorted.enumerated() {
            var errors = DocumentErrors()
            guard let file = MelangeConfigurationFile.read(package.configuration, name: package.name, errors: &errors),
                let head = compiler.head(of: file, for: architecture, errors: &errors)
            else { continue }
            heads.append(head)
            nodes.append(node)
        }
        let graph = MelangeGraph(heads)
        return graph.edges.enumerated().flatMap { index, needs in needs.map { (node: nodes[index], need: nodes[$0]) } }
    }

    /// The graph of packages sorted by name: the order of its nodes breaks ties.
    private static func graph(_ sorted: [Package], made: [(node: Int, need: Int)], _ mode: MelangeBuildRequest.Mode) -> Graph {
        let nodes = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($0.element.name, $0.offset) })
        var edges = made
        for (node, package) in sorted.enumerated() where mode == .dag {
            for entry in package.dependencies {
                guard let need = nodes[entry] ?? nodes[MelangeConfiguration.name(ofEntry: entry)] else { continue }
                edges.append((node, need))
            }
        }
        return Graph(nodes: sorted.map(\.name), edges: edges)
    }

    /// The jobs of the build, in the order of ``packages``.
    /// - Parameter usual: The architecture where the request names none.
    /// - Throws: `MelangeError` with status 400 for names, labels, paths and variables that the farm does not take.
    public func jobs(_ options: MelangeBuildOptions, usual: Architecture) throws(MelangeError) -> [JobSpec] {
        let architecture = try MelangeError.architecture(options.architecture, usual: usual)
        var jobs: [JobSpec] = []
        for (package, needs) in zip(packages, needs) {
            var document = MelangeDocument(
                name: package.name, version: package.version, architecture: architecture, configuration: package.configuration)
            document.environment = package.dependencies
            document.needs = needs
            document.labels = options.backendSelector.map { $0.value.isEmpty ? $0.key : "\($0.key)=\($0.value)" }.sorted()
            document.pipelines = options.pipelines
            document.sourceFiles = options.sourceFiles[package.name] ?? [:]
            document.variables = options.plainVariables
            document.secretVariables = options.secrets.keys.sorted()
            document.withTest = options.withTest
            document.debug = options.debug
            do throws(FarmError) { try document.check() } catch {
                throw MelangeError(400, "failed to parse configs: \(package.name): \(error.message)")
            }
            jobs.append(document.spec)
        }
        return jobs
    }
}
