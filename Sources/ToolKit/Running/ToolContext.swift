internal import FarmModel
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
        ToolContext(
            name: name, input: .standardInput, output: StandardOutput(.standardOutput), error: .standardError,
            environment: { Environment.value($0) })
    }

    /// Prints a message for people on standard error: the tool's name before each line, control characters made visible.
    ///
    /// A standard error that cannot be written to is passed over: there is nobody left to tell.
    public func note(_ message: String) {
        let lines = message.split(separator: "\n").map { "\(name): \(VisibleText.of($0))\n" }
        try? error.writeAll(Array(lines.joined().utf8))
    }

    /// Whether text may go beyond ASCII, by `LC_ALL`, `LC_CTYPE` and `LANG` in this order; without any of them it may.
    public var usesUnicode: Bool {
        for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
            guard let locale = environment(name), !locale.isEmpty else { continue }
            let lowercase = locale.lowercased()
            return lowercase.contains("utf-8") || lowercase.contains("utf8")
        }
        return true
    }

    /// Whether the terminal can move its cursor.
    var hasCursor: Bool { environment("TERM") != "dumb" }

    /// The width of a terminal: `COLUMNS`, else what the terminal says, else 80.
    public func width(of descriptor: Descriptor) -> Int {
        if let columns = environment("COLUMNS").flatMap({ Int($0) }), (1...10_000).contains(columns) { return columns }
        return Terminal.size(of: descriptor)?.columns ?? 80
    }
}
