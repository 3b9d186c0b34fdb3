internal import FarmModel
internal import FarmStore
internal import ToolKit

/// Prints where artifacts come from: one statement a line.
struct ProvenanceView {
    let store: Store
    let context: ToolContext

    /// A log up to this size is read to name its digest.
    private static let logLimit: Int64 = 4 << 20

    /// - Parameters:
    ///   - targets: Jobs and attempts that made a tree, and builds for all of theirs.
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

    private func attempts(of target: Target) throws(FarmError) -> [AttemptID] {
        switch target {
        case .build(let build):
            var attempts: [AttemptID] = []
            for job in try store.jobs(of: build) {
                if let tree = job.tree { attempts.append(try store.origin(of: tree.description).attempt) }
            }
            return attempts
        case .job, .attempt:
            let attempt = try store.attempt(AttemptFinder(store: store).attempt(of: target))
            guard attempt.state == .success else {
                throw FarmError(.noInput, "\(attempt.id) is \(attempt.state.rawValue) and made nothing whose provenance could be told")
            }
            return [attempt.id]
        case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner and makes nothing by itself")
        }
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
