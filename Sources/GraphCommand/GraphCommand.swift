public import ArgumentParser
internal import BuildGraph
public import FarmModel
internal import HostSystem
public import ToolKit

/// `bf-graph`: shows what would be built, and in which order.
public struct GraphCommand: ToolCommand {
    /// Name, abstract and discussion of the tool.
    public static let configuration = CommandConfiguration(
        tool: "bf-graph",
        abstract: "Show the graph of jobs that documents describe, in the order in which they would be built.",
        usage: "bf-graph [OPTION]... (FILE | FOLDER | - | BUILD)...",
        discussion: GraphHelp.discussion)

    @Argument(
        help: ArgumentHelp(
            "Documents, folders of them, - for standard input, or one build.",
            discussion: """
                Of a folder, *.yaml, *.yml, *.json and *.ndjson are read. Standard input may hold documents, spec records, \
                bare records such as {"name":"jq","needs":["oniguruma"]}, or what bf-submit printed.
                """,
            valueName: "input"),
        completion: .file())
    var inputs: [String] = []

    @Option(help: ArgumentHelp("The form to show the graph in.", discussion: "By default tree on a terminal, else ndjson."))
    var format: GraphFormat?

    @Option(help: ArgumentHelp("Keep a job and everything it needs. May be repeated.", valueName: "job"))
    var needs: [String] = []

    @Option(
        help: ArgumentHelp(
            "Keep a job and everything that needs it. May be repeated.",
            discussion: "With --needs, what lies between the two is kept.", valueName: "job"))
    var dependents: [String] = []

    @Option(help: ArgumentHelp("Keep the jobs whose name matches. May be repeated.", valueName: "glob"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Leave out the jobs whose name matches. May be repeated.", valueName: "glob"))
    var without: [String] = []

    @Flag(help: "Keep the longest chain only: by time in a finished build, else by jobs.")
    var criticalPath = false

    @Flag(help: "Show a cycle as one node instead of refusing it.")
    var condense = false

    @Option(
        help: ArgumentHelp(
            "What becomes of needs that no job has.",
            discussion: "ignore drops them. By default they are errors; among bare records they are left out, and the first one is named.",
            valueName: "what"))
    var missingNeeds: MissingNeeds?

    @Option(
        help: ArgumentHelp(
            "Name each input of a job that differs from its last good build.",
            discussion: "The job is an id, or a name beside the build it is in.", valueName: "job"))
    var explain: String?

    @OptionGroup var packages: PackageOptions
    @OptionGroup
    var state: StateOptions
    @OptionGroup var remote: RemoteOptions

    /// The defaults, which the parser overwrites.
    public init() {}

    /// `--state`
    public var stateFolder: String? { state.path }

    /// `--server`
    public var server: RemoteOptions? { remote }

    /// Documents are read here; only stored builds are the farm's.
    public var isLocal: Bool { explain == nil && !inputs.contains { $0 == "-" || BuildID.range(ofPrefix: $0) != nil } }

    /// Prints the graph.
    public func run(in context: ToolContext) throws -> ExitStatus {
        if let explain { return try InputView(context: context, state: state, format: format).show(explain, in: inputs) }
        guard !inputs.isEmpty else { throw NothingGiven(examples: GraphHelp.firstSteps) }
        let nodes = try loader(context).load(inputs)
        let query = query
        let view = try query.select(from: nodes)
        let format = self.format ?? (Terminal.isTerminal(context.output.descriptor) ? .tree : .ndjson)
        if format.isRecords, query.filters, missingNeeds != .ignore { try RemovedNeeds(nodes: nodes, view: view).refuse() }
        try print(view, of: nodes, as: format, in: context)
        return .success
    }

    private func loader(_ context: ToolContext) -> GraphLoader {
        GraphLoader(context: context, state: state, missingNeeds: missingNeeds, packages: packages, condenses: condense)
    }

    private var query: GraphQuery {
        GraphQuery(
            needsOf: needs, dependentsOf: dependents, only: only.map { Glob($0) }, without: without.map { Glob($0) },
            condenses: condense, criticalPath: criticalPath)
    }

    private func print(_ view: GraphView, of nodes: JobNodes, as format: GraphFormat, in context: ToolContext) throws {
        let printer = GraphPrinter(nodes: nodes, view: view, context: context)
        switch format {
        case .ndjson, .json: try printer.printRecords(asArray: format == .json, dropsMissingNeeds: missingNeeds == .ignore)
        case .tree: try printer.printTree()
        case .dot: try printer.printDOT()
        case .mermaid: try printer.printMermaid()
        case .svg: try printer.printSVG()
        }
    }
}
