internal import FarmModel
internal import ToolKit

/// One field of a record as a row, for people who want to read all of it.
struct RecordField: Displayable {
    static let columns = [Column("FIELD"), Column("VALUE")]

    let json: JSONObject
    let cells: [Cell]

    /// All fields of a record; those of objects and lists within it carry the path to them.
    static func all(of record: JSONObject) -> [RecordField] {
        record.members.filter { $0.key != "kind" }.flatMap { fields($0.key, $0.value) }
    }

    private init(_ name: String, _ value: String) {
        json = ["field": .string(name), "value": .string(value)]
        cells = [Cell(name), Cell(value)]
    }

    private static func fields(_ name: String, _ value: JSONValue) -> [RecordField] {
        switch value {
        case .object(let object): object.members.flatMap { fields("\(name).\($0.key)", $0.value) }
        case .array(let values) where values.contains { $0.object != nil }:
            values.enumerated().flatMap { fields("\(name).\($0.offset + 1)", $0.element) }
        case .array: [RecordField(name, text(value))]
        default: [RecordField(name, readable(name, value))]
        }
    }

    /// A list as its elements with commas, text without its quotes, anything else as JSON.
    static func text(_ value: JSONValue) -> String {
        guard let values = value.array else { return value.string ?? value.text }
        return values.map { $0.string ?? $0.text }.joined(separator: ", ")
    }

    /// A value as people read it: durations and sizes, whose names tell what they are, with units.
    static func readable(_ name: String, _ value: JSONValue) -> String {
        if name.hasSuffix("_ms"), let milliseconds = value.int { return DurationText.text(milliseconds: milliseconds) }
        if name.hasSuffix("_bytes") || name.hasSuffix(".bytes"), let bytes = value.int { return SizeText.text(bytes: bytes) }
        return text(value)
    }
}
