public import FarmModel
public import HostSystem

/// Why a folder cannot become a tree.
public enum TreeProblem: Error, Sendable, Equatable {
    /// Something in it cannot be stored; the text names it.
    case refused(String)
    /// Its files are larger together than allowed, in bytes.
    case tooLarge(limit: Int64)
    /// The operating system failed.
    case system(SystemError)
    /// The store failed.
    case store(FarmError)

    /// As an error for people.
    public var farmError: FarmError {
        switch self {
        case .refused(let message): FarmError(.badInput, message)
        case .tooLarge(let limit): FarmError(.badInput, "the files are larger together than \(limit) bytes")
        case .system(let error): FarmError(error)
        case .store(let error): error
        }
    }
}
