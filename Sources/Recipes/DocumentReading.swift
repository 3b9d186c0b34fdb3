public import Documents
public import FarmModel

/// Everything that reading the documents of a submission tells.
public struct DocumentReading: Sendable {
    /// The jobs in order; complete only if nothing is wrong.
    public internal(set) var jobs: [JobSpec] = []
    /// What is wrong with the documents.
    public internal(set) var errors = DocumentErrors()
    /// What melange configurations need of repositories; empty if something could not be read.
    public internal(set) var outsideNeeds = OutsideNeeds()
    /// What is wrong with the needs that were to be broken, a line each.
    var needlessBreaks: [String] = []

    /// All that is wrong as one error, a line each; nil if nothing is.
    public var failure: FarmError? {
        let document = errors.farmError
        guard !needlessBreaks.isEmpty else { return document }
        let lines = (document.map { [$0.message] } ?? []) + needlessBreaks
        return FarmError(document?.status ?? .usage, lines.joined(separator: "\n"))
    }
}
