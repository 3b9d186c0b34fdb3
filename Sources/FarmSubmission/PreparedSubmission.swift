public import FarmModel
public import FarmStore

/// A submission that only has to be stored. Keep it until that is done: as long as it lives, gc takes nothing that it refers to.
public struct PreparedSubmission: Sendable {
    /// What is to be stored.
    public let submission: Submission
    private let keepers: [BlobKeeper]

    init(_ submission: Submission, keepers: [BlobKeeper]) {
        self.submission = submission
        self.keepers = keepers
    }
}

extension SubmissionQueue {
    /// Stores a prepared submission together with others that wait.
    /// - Returns: what became of it, once that is on the disk.
    public func submit(_ prepared: PreparedSubmission) async throws(FarmError) -> Store.SubmitOutcome {
        let result = await withCheckedContinuation { continuation in
            submit(prepared.submission) { continuation.resume(returning: $0) }
        }
        return try withExtendedLifetime(prepared) { () throws(FarmError) in try result.get() }
    }
}
