import BuildGraph
import FarmModel
import ToolKit

/// Prints a view of a graph in one of the formats.
struct GraphPrinter {
    let nodes: JobNodes
    let view: GraphView
    let context: ToolContext

    /// Prints the records, in order.
    func printRecords(asArray: Bool, dropsMissingNeeds: Bool) throws {
        let list = try RecordList(view, of: nodes, dropsMissingNeeds: dropsMissingNeeds)
        let output = context.output
        var writer = JSONWriter()
        var isFirst = true
        try list.forEach { record throws(OutputError) in
            if asArray { try output.write(isFirst ? "[\n" : ",\n") }
            isFirst = false
            writer.removeAll()
            writer.write(record)
            if !asArray { writer.endRecord() }
            try output.write(writer.bytes)
        }
        if asArray { try output.write(isFirst ? "[]\n" : "\n]\n") }
    }

    /// Prints a tree.
    func printTree() throws {
        try view.requireOrder()
        try context.output.write(
            view.graph.tree(style: context.usesUnicode ? .unicode : .ascii, annotation: { view.annotation($0, of: nodes) }))
    }

    /// Prints the graph in the DOT language.
    func printDOT() throws {
        try context.output.write(try dot)
    }

    /// Prints a Mermaid flowchart.
    func printMermaid() throws {
        try view.requireOrder()
        try context.output.write(view.mermaid(of: nodes))
    }

    /// Prints a drawing.
    func printSVG() throws {
        try context.output.write(Graphviz(environment: context.environment).svg(try dot))
    }

    private var dot: String {
        get throws(FarmError) {
            try view.requireOrder()
            return view.dot(of: nodes)
        }
    }
}
