internal import ArgumentParser
public import ToolKit

/// What becomes of a need that no job has.
public enum MissingNeeds: String, WordArgument, Sendable {
    /// It is refused.
    case error
    /// It is dropped.
    case ignore
}
