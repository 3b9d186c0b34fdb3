internal import FarmModel
internal import HostSystem

/// Prints records of one kind in the form asked for, as they come; a table when it is complete.
public struct RecordPrinter<Record: Displayable> {
    private let format: OutputFormat
    private let output: StandardOutput
    private var table: Table
    private var writer = JSONWriter()
    private var count = 0

    /// - Parameters:
    ///   - format: The form.
    ///   - output: Where to print.
    ///   - look: How a table looks.
    public init(_ format: OutputFormat, to output: StandardOutput, look: Table.Look = Table.Look()) {
        self.format = format
        self.output = output
        table = Table(Record.columns, look: look)
    }

    /// Prints as the options and the context say.
    public init(_ options: FormatOptions, _ colors: ColorOptions, in context: ToolContext) {
        let output = context.output
        let width = Terminal.isTerminal(output.descriptor) ? context.width(of: output.descriptor) : nil
        let look = Table.Look(width: width, usesUnicode: context.usesUnicode, painter: colors.painter(in: context))
        self.init(options.format(in: context), to: output, look: look)
    }

    /// Prints a record.
    public mutating func add(_ record: Record) throws(OutputError) {
        defer { count += 1 }
        switch format {
        case .table: table.add(record.cells)
        case .json:
            try output.write(count == 0 ? "[\n" : ",\n")
            try write(record)
        case .ndjson:
            try write(record)
            try output.write("\n")
        case .tsv: try output.write(record.cells.map { VisibleText.of($0.plain) }.joined(separator: "\t") + "\n")
        }
    }

    /// Prints what is still to come: the table, or the end of the array.
    public mutating func finish() throws(OutputError) {
        switch format {
        case .table: try output.write(table.text)
        case .json: try output.write(count == 0 ? "[]\n" : "\n]\n")
        case .ndjson, .tsv: break
        }
    }

    /// Prints all records of a list.
    public mutating func print(_ records: some Sequence<Record>) throws(OutputError) {
        for record in records { try add(record) }
        try finish()
    }

    private mutating func write(_ record: Record) throws(OutputError) {
        writer.removeAll()
        writer.write(record.json)
        try output.write(writer.bytes)
    }
}
