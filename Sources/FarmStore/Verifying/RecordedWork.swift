public import FarmModel

/// What is recorded of a job or an attempt, as far as it takes to do it again.
public struct RecordedWork: Sendable {
    /// The job.
    public var job: JobID
    /// Its build.
    public var build: BuildID
    /// Name, architecture and matrix cell.
    public var identity: JobIdentity
    /// The document as JSON text.
    public var document: String
    /// The attempt that made its result, perhaps of another job; nil if that is gone.
    public var attempt: AttemptRecord?
    /// The tree it left; nil if it did not succeed, or is not the attempt that did.
    public var tree: Digest?
    /// How it was kept apart from the machine: `sandbox` or `none`.
    public var isolation: String
    /// Everything that went into the attempt, as recorded with it.
    public var inputs: JSONObject?

    /// The commits that its Git sources came to, in the order of the document's requests.
    public var commits: [String] {
        attempt?.facts?["prepare"]?["commits"]?.array?.compactMap(\.string) ?? []
    }

    /// The trees that it saw, by name; nil where they were not recorded.
    public var needs: [NeededTree]? {
        guard let list = inputs?["needs"]?.array else { return nil }
        return list.compactMap { pair in
            guard let name = pair.array?.first?.string, let digest = pair.array?.last?.string.flatMap({ Digest($0) }) else { return nil }
            return NeededTree(name: name, tree: digest, isDirect: true)
        }
    }
}

extension Store {
    /// What is recorded of a job: its newest successful attempt and its tree.
    /// - Throws: `noInput` for a job that did not succeed or does not exist, `temporary` for one that has not ended.
    public func recordedWork(of job: JobID) throws(FarmError) -> RecordedWork {
        let record = try self.job(job)
        guard record.state.isTerminal else {
            throw FarmError(.temporary, "\(job) has not ended yet; try again when it has (bf-status --wait \(job))")
        }
        guard record.state == .success else {
            throw FarmError(
                .noInput, "\(job) is \(record.state.rawValue) and has nothing to compare with; bf-run replay repeats an attempt")
        }
        return try recordedWork(record, successfulAttempt(of: record))
    }

    /// The attempt that made what a job has; of one that was unchanged it belongs to another job.
    private func successfulAttempt(of job: JobRecord) throws(FarmError) -> AttemptRecord? {
        if let own = try attempts(of: job.id).last(where: { $0.state == .success }) { return own }
        guard let other = job.sameAs else { return nil }
        return try attempts(of: other).last { $0.state == .success }
    }

    /// What is recorded of an attempt.
    /// - Throws: `noInput` if it does not exist, `temporary` if it has not ended.
    public func recordedWork(of attempt: AttemptID) throws(FarmError) -> RecordedWork {
        let record = try self.attempt(attempt)
        guard record.state != .running else {
            throw FarmError(.temporary, "\(attempt) has not ended yet; try again when it has (bf-status --wait \(attempt))")
        }
        return try recordedWork(job(record.job), record)
    }

    private func recordedWork(_ job: JobRecord, _ attempt: AttemptRecord?) throws(FarmError) -> RecordedWork {
        let found: (document: String?, isolation: String?, inputs: JSONObject?) = try read { database throws(FarmError) in
            let document = try database.first("SELECT text FROM documents WHERE job = ?", job.id) { $0.text(0) }
            let isolation = try database.first("SELECT isolation FROM jobs WHERE id = ?", job.id) { $0.textIfAny(0) } ?? nil
            let inputs = try database.first("SELECT inputs FROM attempts WHERE id = ?", attempt?.id) { $0.object(0) } ?? nil
            return (document, isolation, inputs)
        }
        guard let document = found.document else { throw FarmError(.noInput, "the document of \(job.id) is gone; submit it again") }
        let made = attempt == nil || attempt?.state == .success
        return RecordedWork(
            job: job.id, build: job.build, identity: job.identity, document: document, attempt: attempt,
            tree: made && job.state == .success ? job.tree : nil, isolation: attempt?.isolation ?? found.isolation ?? "sandbox",
            inputs: found.inputs)
    }
}
