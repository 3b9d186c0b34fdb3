public import FarmModel

extension Setting {
    /// What holds if nothing is configured, for records: of the type that a configured value has, or a text that describes it.
    public var usualJSON: JSONValue {
        switch kind {
        case .flag: return .bool(usual == "true")
        case .integer, .count: return Int64(usual).map(JSONValue.int) ?? .string(usual)
        case .labels, .choices, .texts: return .array(usual == "none" ? [] : usual.split { ", ".contains($0) }.map { .string(String($0)) })
        case .path, .text, .cores, .duration, .size, .choice: return .string(usual)
        }
    }
}
