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
    /// - Throws: `badInput` if the key was used for other content.
    public func submit(_ submission: Submission) throws(FarmError) -> SubmitOutcome {
        let content = submission.content
        let documents = submission.jobs.map { JSONValue.object($0.spec.document).text }
        let box = submission.secrets.isEmpty ? nil : try SecretBox(directory: directory)
        return try write(.durable, rings: true) { transaction throws(FarmError) in
            if let existing = try transaction.existingBuild(of: submission, content: content) { return .existing(existing) }
            let build = try transaction.insertBuild(submission, content: content)
            for tree in submission.trees { try transaction.insert(tree) }
            let first = try transaction.insertJobs(of: submission, documents: documents, build: build)
            try transaction.insertEdges(of: submission, first: first)
            for (name, value) in submission.secrets {
                let sealed = try box?.seal(value, name: name, build: build)
                try transaction.database.run("INSERT INTO secrets(build, name, sealed) VALUES(?, ?, ?)", build, name, sealed)
            }
            try transaction.record(.buildSubmitted, build: build, data: ["jobs": .int(Int64(submission.jobs.count))])
            return .created(try transaction.build(build))
        }
    }
}

extension Transaction {
    /// The build that the submission's key made before; keys of different owners are different.
    fileprivate func existingBuild(of submission: Submission, content: Digest) throws(FarmError) -> BuildRecord? {
        guard let key = submission.key else { return nil }
        let found = try database.first(
            "SELECT id, content FROM builds WHERE key = ? AND coalesce(owner, '') = ?", key, submission.owner ?? ""
        ) { ($0.identifier(0) as BuildID, $0.digest(1)) }
        guard let found else { return nil }
        guard found.1 == content else {
            throw FarmError(.badInput, "key \"\(key)\" belongs to build \(found.0) with other content; choose another key")
        }
        return try build(found.0)
    }

    fileprivate func insertBuild(_ submission: Submission, content: Digest) throws(FarmError) -> BuildID {
        let id: BuildID = try allot(in: "builds")
        let labels: String? = submission.labels.isEmpty ? nil : JSONValue.array(submission.labels.map(JSONValue.string)).text
        try database.run(
            """
            INSERT INTO builds(id, state, owner, dialect, key, content, labels, priority, created_ms, not_before_ms, pending, force,
                remember_ms, requester)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            id, BuildState.pending.rawValue, submission.owner, submission.dialect, submission.key, content, labels, submission.priority,
            now.wallMilliseconds, submission.notBeforeMilliseconds, submission.jobs.count,
            submission.isForced, submission.rememberMilliseconds, submission.requester?.json)
        return id
    }

    fileprivate func insertJobs(of submission: Submission, documents: [String], build: BuildID) throws(FarmError) -> JobID {
        let first: JobID = try allot(in: "jobs")
        let start = submission.notBeforeMilliseconds.flatMap { $0 > now.wallMilliseconds ? $0 : nil }
        var requirements: [Requirement: Int64] = [:]
        for (position, job) in submission.jobs.enumerated() {
            let requirement = try requirementRow(of: job.spec, known: &requirements)
            let due = job.needs.isEmpty ? start : nil
            let queue = QueueState(waiting: Int64(job.needs.count), isPaused: false, isDelayed: due != nil)
            let identity = job.spec.identity
            try database.run(
                """
                INSERT INTO jobs(id, build, position, name, version, architecture, cell, recipe, plan_digest, requirement,
                    priority, rank, score, queue, due_ms, due_boot, waiting, state, ready_ms, sources, private, volatile)
                VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?)
                """,
                first.number + Int64(position), build, position, identity.name, job.spec.version, identity.architecture.name,
                identity.cellText, job.spec.recipe, job.planDigest, requirement,
                submission.priority + job.spec.priority, job.rank,
                QueueState.score(rank: job.rank, readyMilliseconds: now.wallMilliseconds),
                queue.rawValue, due, due == nil ? nil : "", job.needs.count, queue == .ready ? now.wallMilliseconds : nil,
                job.sources.map { JSONValue.array($0.map(JSONValue.string)).text }, job.isPrivate, job.isVolatile)
            // In a table of its own: every change of a job's row would copy a document in it.
            try database.run("INSERT INTO documents(job, text) VALUES(?, ?)", first.number + Int64(position), documents[position])
        }
        return first
    }

    fileprivate func insertEdges(of submission: Submission, first: JobID) throws(FarmError) {
        for (position, job) in submission.jobs.enumerated() {
            let id = first.number + Int64(position)
            for need in job.needs {
                try database.run(
                    "INSERT INTO edges(job, need, optional) VALUES(?, ?, ?)", id, first.number + Int64(need.position), need.isOptional)
            }
            for tree in job.trees { try insertTreeReference(job: JobID(id), role: tree.role, name: tree.name, digest: tree.digest) }
        }
    }

    private func requirementRow(of spec: JobSpec, known: inout [Requirement: Int64]) throws(FarmError) -> Int64 {
        let requirement = Requirement(architecture: spec.identity.architecture, labels: spec.labels)
        if let row = known[requirement] { return row }
        let labels = requirement.labels.joined(separator: ",")
        let select = "SELECT id FROM requirements WHERE architecture = ? AND labels = ?"
        var row = try database.first(select, requirement.architecture.name, labels) { $0.integer(0) }
        if row == nil {
            try database.run("INSERT INTO requirements(architecture, labels) VALUES(?, ?)", requirement.architecture.name, labels)
            row = database.lastInsertedRow
        }
        known[requirement] = row
        return row ?? 0
    }

    /// Notes that a job uses a tree that is in the store, so that gc keeps it.
    func insertTreeReference(job: JobID, role: TreeRole, name: String, digest: Digest) throws(FarmError) {
        let tree = try database.first("SELECT id FROM trees WHERE digest = ?", digest) { $0.integer(0) }
        guard let tree else { throw FarmError(.noInput, "tree \(digest) is not in the store; submit its files again") }
        try insertTreeReference(job: job, role: role, name: name, tree: tree)
    }

    /// - Parameter tree: The tree's row.
    func insertTreeReference(job: JobID, role: TreeRole, name: String, tree: Int64) throws(FarmError) {
        try database.run(
            "INSERT OR REPLACE INTO job_trees(job, role, name, tree) VALUES(?, ?, ?, ?)", job, role.rawValue, name, tree)
    }
}
