public import FarmModel

/// The value of a setting, by its kind.
public enum SettingValue: Sendable, Equatable {
    /// A path, text or choice.
    case text(String)
    /// A truth value.
    case flag(Bool)
    /// A number, milliseconds or bytes.
    case integer(Int64)
    /// A number of cores.
    case number(Double)
    /// Choices, texts or labels.
    case list([String])
    /// No limit.
    case unlimited
}

/// A value that was configured: what it means, how it was written and where.
public struct ConfiguredValue: Sendable, Equatable {
    /// What it means.
    public var value: SettingValue
    /// How it was written.
    public var text: String
    /// Where.
    public var origin: Origin

    /// The value for records: quantities as they were written.
    public var json: JSONValue {
        switch value {
        case .flag(let flag): .bool(flag)
        case .integer(let number) where text == String(number): .int(number)
        case .number(let number): .double(number)
        case .list(let elements): .array(elements.map(JSONValue.string))
        case .text, .integer, .unlimited: .string(text)
        }
    }
}
