public import ArgumentParser

/// What becomes of a need that no job has.
public enum MissingNeeds: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// It is refused.
    case error
    /// It is dropped.
    case ignore
}
