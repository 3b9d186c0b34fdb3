public import FarmModel

/// The errors of a submission, collected so that a person can mend all of them at once.
public struct DocumentErrors: Sendable {
    /// The errors in the order found, each once, at most ``DocumentLimits/errors``.
    public private(set) var list: [DocumentError] = []
    private var seen: Set<DocumentError> = []

    /// Starts without errors.
    public init() {}

    /// True when reading on cannot add anything.
    package var isFull: Bool { list.count >= DocumentLimits.errors }

    /// Adds an error unless it is known: the cells of a matrix repeat the errors of their document.
    public mutating func add(_ error: DocumentError) {
        if !isFull, seen.insert(error).inserted { list.append(error) }
    }

    /// Puts the errors from an index on, which are those of one file, in the order of their places.
    package mutating func sort(from start: Int) {
        list[start...].sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// All errors as one, a line each; nil if there are none.
    public var farmError: FarmError? {
        guard !list.isEmpty else { return nil }
        let lines = list.map(\.description) + (isFull ? ["these are the first \(list.count) errors; mend them and try again"] : [])
        return FarmError(.badInput, lines.joined(separator: "\n"))
    }
}
