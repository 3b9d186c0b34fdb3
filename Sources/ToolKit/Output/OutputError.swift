public import FarmModel

/// Why nothing more can be written.
public enum OutputError: Error, Sendable, Equatable {
    /// The reader has gone: the tool ends quietly, as if by SIGPIPE.
    case closed
    /// A person has to know, for instance of a full disk.
    case failed(FarmError)
}
