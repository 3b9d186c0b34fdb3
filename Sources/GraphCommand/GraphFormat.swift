internal import ArgumentParser
public import ToolKit

/// The forms in which bf-graph shows a graph.
public enum GraphFormat: String, WordArgument, Sendable {
    /// One record a line, each after those it needs.
    case ndjson
    /// The same records in one JSON array.
    case json
    /// Indented text.
    case tree
    /// Graphviz's language.
    case dot
    /// A Mermaid flowchart.
    case mermaid
    /// A drawing by Graphviz.
    case svg

    /// Whether this form consists of records.
    var isRecords: Bool { self == .ndjson || self == .json }
}
