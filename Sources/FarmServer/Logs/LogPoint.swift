/// A place in the logs of a job, as the id of a Server-Sent Event: `OFFSET`, or `ATTEMPT-OFFSET` where there may be several attempts.
struct LogPoint: Sendable, Equatable, CustomStringConvertible {
    /// The attempt's number; nil where only one is meant.
    var attempt: Int?
    /// The offset of the next byte.
    var offset: Int64

    init(attempt: Int?, offset: Int64) {
        self.attempt = attempt
        self.offset = offset
    }

    /// Nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let offset = Int64(parts[parts.count - 1])
        else { return nil }
        self.offset = offset
        if parts.count == 2 {
            guard let number = Int(parts[0]), number > 0, number <= 1_000_000 else { return nil }
            attempt = number
        }
    }

    var description: String { attempt.map { "\($0)-\(offset)" } ?? "\(offset)" }
}
