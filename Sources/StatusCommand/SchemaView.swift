internal import BuildGraph
internal import FarmModel
internal import ToolKit

/// Prints the JSON Schema of a kind of record.
struct SchemaView {
    let context: ToolContext

    /// - Parameter kind: The kind, or `list` for the names of all.
    func show(_ kind: String) throws -> ExitStatus {
        let kinds = RecordSchema.all.map(\.kind)
        if kind == "list" {
            for kind in kinds { try context.output.write(kind + "\n") }
            return .success
        }
        guard let schema = RecordSchema.all.first(where: { $0.kind == kind }) else {
            let advice =
                suggestion(for: kind, among: kinds).map { ", did you mean \($0)?" } ?? "; there are \(kinds.joined(separator: ", "))"
            throw FarmError(.usage, "--schema \(kind): no such kind of record\(advice)")
        }
        try context.output.write(JSONValue.object(schema.json).text + "\n")
        return .success
    }
}
