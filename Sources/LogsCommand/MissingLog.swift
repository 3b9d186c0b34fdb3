internal import FarmModel

/// Why an attempt has no log.
enum MissingLog {
    /// One sentence; nil where it printed nothing, so that nothing is missing. `attempt` is its record.
    static func reason(_ log: ChosenLog, _ attempt: AttemptRecord?) -> String? {
        let name = "\(log.job.id) (\(log.job.identity)), attempt \(log.number)"
        switch attempt?.logBytes {
        case .some(0): return nil
        case .some(let bytes): return "\(name): its log of \(SizeText.text(bytes: bytes)) was removed"
        case nil: return "\(name): no log; it ended before it printed, or its log was removed"
        }
    }
}
