/// How long a search has taken, and when it is to end.
struct StepCount: Sendable {
    private var left: Int
    private let largest: Int

    init(largest: Int) {
        self.largest = largest
        left = largest
    }

    /// Counts steps.
    ///
    /// - Throws: ``SolverFailure`` if there are too many.
    mutating func add(_ count: Int) throws(SolverFailure) {
        left -= count
        guard left >= 0 else { throw failure }
    }

    private var failure: SolverFailure {
        let message = "no set of packages was found in \(largest) steps; ask for certain versions of some packages, or for fewer packages"
        return SolverFailure(message: message, lines: [message])
    }
}
