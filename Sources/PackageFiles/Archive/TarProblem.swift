internal import FarmModel

/// Why an archive is refused.
enum TarProblem: Error {
    /// It is damaged or not allowed; one line without the archive's name.
    case refused(String)
    /// Its bytes could not be had.
    case source(FarmError)

    /// As an error for people, about an archive of this name.
    func farmError(_ name: String) -> FarmError {
        switch self {
        case .refused(let reason): FarmError(.badInput, "\(name): \(reason)")
        case .source(let error): error
        }
    }
}
