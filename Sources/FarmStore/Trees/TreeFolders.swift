public import FarmModel

/// How the folders are called into which the trees of several jobs are written.
public enum TreeFolders {
    /// The jobs that have trees, each with its tree and the name of its folder: the job's, with architecture and cell where others have it too.
    public static func of(_ jobs: [JobRecord]) -> [(job: JobRecord, tree: Digest, name: String)] {
        let counts = Dictionary(grouping: jobs, by: \.identity.name).mapValues(\.count)
        return jobs.compactMap { job in
            job.tree.map { (job, $0, counts[job.identity.name] == 1 ? job.identity.name : job.identity.description) }
        }
    }
}

/// Why a job has no tree.
public enum MissingTree {
    /// One sentence.
    public static func reason(_ job: JobRecord) -> String {
        let reason = job.state == .success ? "its artifacts were collected" : "it is \(job.state.rawValue) and has no artifacts"
        return "\(job.id) (\(job.identity)): \(reason)"
    }
}
