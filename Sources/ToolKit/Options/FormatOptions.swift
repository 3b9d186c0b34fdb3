public import ArgumentParser
internal import HostSystem

/// The forms in which tools print records.
public enum OutputFormat: String, WordArgument, Sendable {
    /// Aligned columns for people.
    case table
    /// One JSON array.
    case json
    /// One JSON object a line.
    case ndjson
    /// The table's columns, separated by tabs, without a header and never cut.
    case tsv
}

/// `--format`: records as a table, JSON, NDJSON or TSV.
public struct FormatOptions: ParsableArguments {
    /// The form given.
    @Option(
        name: .customLong("format"),
        help: ArgumentHelp("The form of records.", discussion: "By default a table on a terminal, else ndjson."))
    public var choice: OutputFormat?

    /// The defaults, which the parser overwrites.
    public init() {}

    /// The form to print in.
    public func format(in context: ToolContext) -> OutputFormat {
        choice ?? (Terminal.isTerminal(context.output.descriptor) ? .table : .ndjson)
    }
}
