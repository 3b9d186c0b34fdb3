public import FarmModel

extension Store {
    /// What became of a submission.
    public enum SubmitOutcome: Sendable {
        /// A new build.
        case created(BuildRecord)
        /// The build that the same key and content made before.
        case existing(BuildRecord)
    }

    /// Stores a submission as one build, durably: when this returns, the build survives a power cut.
    ///
    /// - Throws: `badInput` if the key was used for other content, or an alias is taken; `noInput` if a tree is not in the store.
    public func submit(_ submission: Submission) throws(FarmError) -> SubmitOutcome {
        let encoded = try EncodedSubmission(submission, directory: directory)
        // There is one answer to one submission.
        return try submit(encoded: [encoded])[0].get()
    }

    /// Stores submissions, each as one build, in one transaction with one wait for the disk. What is wrong with one of them is the answer to
    /// that one, and the others are stored.
    ///
    /// - Returns: for each submission what ``submit(_:)-(Submission)`` would have returned or thrown, in the same order.
    /// - Throws: what keeps all of them from being stored.
    public func submit(_ submissions: [Submission]) throws(FarmError) -> [Result<SubmitOutcome, FarmError>] {
        let encoded = submissions.map { submission in
            Result { () throws(FarmError) in try EncodedSubmission(submission, directory: directory) }
        }
        var stored = try submit(encoded: encoded.compactMap { try? $0.get() })[...]
        return encoded.map { $0.flatMap { _ in stored.removeFirst() } }
    }

    func submit(encoded submissions: [EncodedSubmission]) throws(FarmError) -> [Result<SubmitOutcome, FarmError>] {
        guard !submissions.isEmpty else { return [] }
        do throws(FarmError) {
            return try write(.durable, rings: true) { transaction throws(FarmError) in
                var results: [Result<SubmitOutcome, FarmError>] = []
                for submission in submissions { results.append(try transaction.submit(submission)) }
                return results
            }
        } catch {
            guard submissions.count > 1, error.status == .internalError else { throw error }
            // What nobody foresaw in one of them shall not be the end of the others. A savepoint for each would cost all of them, always.
            return submissions.map { submission in
                Result { () throws(FarmError) in try submit(encoded: [submission])[0].get() }
            }
        }
    }
}
