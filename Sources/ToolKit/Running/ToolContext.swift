public import FarmConfiguration
public import FarmModel
public import FarmStore
public import HostSystem

/// What a tool meets: its name, the three standard streams and the environment.
public struct ToolContext: Sendable {
    /// The tool's name, which begins each of its messages.
    public var name: String
    /// Standard input.
    public var input: Descriptor
    /// Standard output, which carries data.
    public var output: StandardOutput
    /// Standard error, which carries talk.
    public var error: Descriptor
    /// Looks up an environment variable.
    public var environment: @Sendable (String) -> String?
    /// The names of all environment variables.
    public var variableNames: @Sendable () -> [String] = { [] }
    /// The command line after the tool's name and verb.
    public var arguments: [String] = []
    /// The state directory that the command line names.
    public var stateFolder: String?
    /// The farm behind a server that the tool is to work on; nil for the state directory.
    public var farm: (any Farm)?
    /// Gets at a farm behind a server; nil in tools that have no client of servers.
    public var connect: Connect?
    /// What this executable has and others of its name may lack, by its type.
    private var equipment: [ObjectIdentifier: any Sendable] = [:]
    private let loaded = LoadedConfiguration()

    /// Gets at a farm behind a server; what is worth a word is said in the context.
    public typealias Connect = @Sendable (ServerPlace, ToolContext) throws(FarmError) -> any Farm

    /// Creates a context.
    public init(
        name: String, input: Descriptor, output: StandardOutput, error: Descriptor, environment: @escaping @Sendable (String) -> String?
    ) {
        self.name = name
        self.input = input
        self.output = output
        self.error = error
        self.environment = environment
    }

    /// The context of this process.
    public static func process(named name: String) -> ToolContext {
        var context = ToolContext(
            name: name, input: .standardInput, output: StandardOutput(.standardOutput), error: .standardError,
            environment: { Environment.value($0) })
        context.variableNames = { Environment.all.map { entry in String(entry.prefix { $0 != "=" }) } }
        return context
    }

    /// What the executable has of a kind that others of its name may lack; nil if it lacks it too.
    public func equipment<Kind: Sendable>(_ kind: Kind.Type) -> Kind? { equipment[ObjectIdentifier(kind)] as? Kind }

    /// Gives the executable something that others of its name may lack.
    public mutating func equip<Kind: Sendable>(_ item: Kind) { equipment[ObjectIdentifier(Kind.self)] = item }

    /// Prints a message for people on standard error: the tool's name before each line, control characters made visible.
    ///
    /// A standard error that cannot be written to is passed over: there is nobody left to tell.
    public func note(_ message: String) {
        let lines = message.split(separator: "\n").map { "\(name): \(VisibleText.of($0))\n" }
        try? error.writeAll(Array(lines.joined().utf8))
    }

    /// What operators configured; read when first asked for, and only once.
    /// - Throws: `configuration` with all that is wrong in it, a line each.
    public func configuration() throws(FarmError) -> Configuration {
        try loaded.value { () throws(FarmError) in
            let files = try ConfigurationFiles.read(environment)
            let shared = try Configuration(files: files, environment: environment)
            guard ConfigurationFiles.chosen(environment) == nil,
                let state = try? StateDirectory.located(flag: stateFolder, environment: environment, configured: shared.text(.state)),
                let file = try ConfigurationFiles.read(state.configuration)
            else { return shared }
            return try Configuration(files: files, stateFile: file, environment: environment)
        }
    }

    /// Whether text may go beyond ASCII, by `LC_ALL`, `LC_CTYPE` and `LANG` in this order; without any of them it may.
    public var usesUnicode: Bool {
        for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
            guard let locale = environment(name), !locale.isEmpty else { continue }
            let encoding = locale.lowercased().split(separator: ".").last?.prefix { $0 != "@" }
            return encoding == "utf-8" || encoding == "utf8"
        }
        return true
    }

    /// Whether the terminal can move its cursor.
    public var hasCursor: Bool { environment("TERM") != "dumb" }

    /// The width of a terminal: `COLUMNS`, else what the terminal says, else 80.
    public func width(of descriptor: Descriptor) -> Int {
        if let columns = environment("COLUMNS").flatMap({ Int($0) }), (1...10_000).contains(columns) { return columns }
        return Terminal.size(of: descriptor)?.columns ?? 80
    }
}
