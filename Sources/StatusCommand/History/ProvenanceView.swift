internal import FarmModel
internal import FarmStore
internal import ToolKit

/// Prints where artifacts come from: one statement a line.
struct ProvenanceView {
    let store: any Farm
    let context: ToolContext

    /// A log up to this size is read to name its digest.
    private static let logLimit: Int64 = 4 << 20

    /// - Parameters:
    ///   - targets: Jobs and attempts that have a tree, and builds for all of theirs.
    ///   - digests: Trees and files of the store.
    func show(_ targets: [Target], digests: [String]) throws -> ExitStatus {
        for target in targets {
            for attempt in try attempts(of: target) { try write(attempt, subject: nil) }
        }
        for text in digests {
            let origin = try store.origin(of: text)
            try write(origin.attempt, subject: origin)
        }
        return .success
    }

    /// Who made the trees; of a job that was unchanged, that was another one.
    private func attempts(of target: Target) throws(FarmError) -> [AttemptID] {
        switch target {
        case .build(let build):
            var attempts: [AttemptID] = []
            for job in try store.jobs(of: build) where job.tree != nil { attempts.append(try maker(of: job)) }
            return attempts
        case .job(let job): return [try maker(of: store.job(job))]
        case .attempt(let id):
            let attempt = try store.attempt(id)
            guard attempt.state == .success else {
                throw FarmError(.noInput, "\(id) is \(attempt.state.rawValue) and made nothing whose provenance could be told")
            }
            return [id]
        case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner and makes nothing by itself")
        }
    }

    private func maker(of job: JobRecord) throws(FarmError) -> AttemptID {
        guard let tree = job.tree else {
            throw FarmError(
                .noInput, "\(job.id) (\(job.identity)) is \(job.state.rawValue) and has no artifacts whose provenance could be told")
        }
        return try job.isUnchanged ? store.origin(of: tree.description).attempt : AttemptFinder(store: store).attempt(of: .job(job.id))
    }

    private func write(_ id: AttemptID, subject: ArtifactOrigin?) throws {
        let complete = try store.completeAttempt(id)
        guard complete.output != nil else { throw FarmError(.noInput, "the artifacts of \(id) were collected; build it again") }
        var provenance = Provenance(complete)
        if let subject {
            provenance.subjects = [Provenance.Subject(name: subject.path ?? complete.job.identity.name, digest: subject.digest)]
        }
        provenance.log = try logDigest(complete.attempt)
        var writer = JSONWriter()
        writer.write(provenance.json)
        writer.endRecord()
        try context.output.write(writer.bytes)
    }

    private func logDigest(_ attempt: AttemptRecord) throws(FarmError) -> Digest? {
        guard let size = attempt.logBytes, size <= Self.logLimit else { return nil }
        return try store.logDigest(attempt)
    }
}
