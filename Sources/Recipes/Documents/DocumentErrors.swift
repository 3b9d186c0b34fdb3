public import FarmModel

/// The errors of a submission, collected so that a person can mend all of them at once.
public struct DocumentErrors: Sendable {
    /// The errors in the order found, each once, at most ``DocumentLimits/errors``.
    public private(set) var list: [DocumentError] = []
    /// True if there were more than the list holds.
    public private(set) var isCut = false

    private var seen: Set<DocumentError> = []

    /// Starts without errors.
    public init() {}

    /// True when reading on cannot add anything.
    var isFull: Bool { list.count >= DocumentLimits.errors }

    /// Adds an error unless it is known: the cells of a matrix repeat the errors of their document.
    public mutating func add(_ error: DocumentError) {
        guard seen.insert(error).inserted else { return }
        guard !isFull else {
            isCut = true
            return
        }
        list.append(error)
    }

    /// All errors as one, a line each; nil if there are none.
    public var farmError: FarmError? {
        guard !list.isEmpty else { return nil }
        let lines = list.map(\.description) + (isCut || isFull ? ["further errors may follow; these come first"] : [])
        return FarmError(.badInput, lines.joined(separator: "\n"))
    }
}
