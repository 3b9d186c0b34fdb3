import FarmModel

extension Transaction {
    /// Stores a submission, or answers why it cannot be; then no row but those of its trees was written.
    func submit(_ encoded: EncodedSubmission) throws(FarmError) -> Result<Store.SubmitOutcome, FarmError> {
        switch try admit(encoded) {
        case .existing(let build): return .success(.existing(build))
        case .refused(let error): return .failure(error)
        case .new(let trees): return .success(.created(try insert(encoded, trees: trees)))
        }
    }

    private enum Admission {
        case existing(BuildRecord)
        case refused(FarmError)
        /// The rows of the trees that it names.
        case new(trees: [Digest: Int64])
    }

    private func admit(_ encoded: EncodedSubmission) throws(FarmError) -> Admission {
        let submission = encoded.submission
        if let key = submission.key, let found = try build(withKey: key, of: submission.owner) {
            if found.content == encoded.content { return .existing(try build(found.id)) }
            return .refused(
                FarmError(.badInput, "key \"\(key)\" belongs to build \(found.id) with other content; choose another key"))
        }
        if let alias = try takenAlias(of: submission) {
            return .refused(FarmError(.badInput, "\"\(alias)\" is the name of something else already; choose another one"))
        }
        for tree in submission.trees { try insert(tree) }
        var trees: [Digest: Int64] = [:]
        for digest in Set(submission.jobs.flatMap { $0.trees.map(\.digest) }) {
            guard let row = try treeRow(digest) else { return .refused(Self.missingTree(digest)) }
            trees[digest] = row
        }
        return .new(trees: trees)
    }

    /// The build that a key made before; keys of different owners are different.
    private func build(withKey key: String, of owner: String?) throws(FarmError) -> (id: BuildID, content: Digest?)? {
        try database.first("SELECT id, content FROM builds WHERE key = ? AND coalesce(owner, '') = ?", key, owner ?? "") {
            (id: $0.identifier(0), content: $0.digest(1))
        }
    }

    private func takenAlias(of submission: Submission) throws(FarmError) -> String? {
        let table = AliasTable(database)
        var seen: Set<String> = []
        for alias in submission.aliases + submission.jobs.flatMap(\.aliases) {
            guard seen.insert(alias).inserted, try table.target(submission.dialect, alias) == nil else { return alias }
        }
        return nil
    }

    private func insert(_ encoded: EncodedSubmission, trees: [Digest: Int64]) throws(FarmError) -> BuildRecord {
        let submission = encoded.submission
        let build = try insertBuild(encoded)
        let first = try insertJobs(of: submission, documents: encoded.documents, build: build)
        try insertEdges(of: submission, first: first, trees: trees)
        for (name, value) in submission.secrets {
            let sealed = try encoded.box?.seal(value, name: name, build: build)
            try database.run("INSERT INTO secrets(build, name, sealed) VALUES(?, ?, ?)", build, name, sealed)
        }
        try insertAliases(of: submission, build: build, first: first)
        try record(.buildSubmitted, build: build, data: ["jobs": .int(Int64(submission.jobs.count))])
        return try self.build(build)
    }

    private func insertAliases(of submission: Submission, build: BuildID, first: JobID) throws(FarmError) {
        let table = AliasTable(database)
        try table.insert(submission.aliases, of: build, kind: .build, dialect: submission.dialect)
        for (position, job) in submission.jobs.enumerated() {
            try table.insert(job.aliases, of: JobID(first.number + Int64(position)), kind: .job, dialect: submission.dialect)
        }
    }

    private func insertBuild(_ encoded: EncodedSubmission) throws(FarmError) -> BuildID {
        let id: BuildID = try allot(in: "builds")
        let submission = encoded.submission
        let webhooks: String? = submission.webhooks.isEmpty ? nil : WebhookList.text(try encoded.webhooks(of: id))
        let labels: String? = submission.labels.isEmpty ? nil : JSONValue.array(submission.labels.map(JSONValue.string)).text
        try database.run(
            """
            INSERT INTO builds(id, state, owner, dialect, key, content, labels, priority, created_ms, not_before_ms, pending, force,
                remember_ms, requester, dialect_data, webhooks)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            id, BuildState.pending.rawValue, submission.owner, submission.dialect, submission.key, encoded.content, labels,
            submission.priority,
            now.wallMilliseconds, submission.notBeforeMilliseconds, submission.jobs.count,
            submission.isForced, submission.rememberMilliseconds, submission.requester?.json, submission.dialectData, webhooks)
        return id
    }

    private func insertJobs(of submission: Submission, documents: [String], build: BuildID) throws(FarmError) -> JobID {
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

    private func insertEdges(of submission: Submission, first: JobID, trees: [Digest: Int64]) throws(FarmError) {
        for (position, job) in submission.jobs.enumerated() {
            let id = first.number + Int64(position)
            for need in job.needs {
                try database.run(
                    "INSERT INTO edges(job, need, optional) VALUES(?, ?, ?)", id, first.number + Int64(need.position), need.isOptional)
            }
            for tree in job.trees {
                guard let row = trees[tree.digest] else { continue }
                try insertTreeReference(job: JobID(id), role: tree.role, name: tree.name, tree: row)
            }
        }
    }

    private func requirementRow(of spec: JobSpec, known: inout [Requirement: Int64]) throws(FarmError) -> Int64 {
        let requirement = Requirement(of: spec)
        if let row = known[requirement] { return row }
        let labels = requirement.labels.joined(separator: ",")
        let select = "SELECT id FROM requirements WHERE architecture = ? AND labels = ? AND environment = ?"
        let (architecture, environment) = (requirement.architecture.name, requirement.environment.rawValue)
        var row = try database.first(select, architecture, labels, environment) { $0.integer(0) }
        if row == nil {
            try database.run(
                "INSERT INTO requirements(architecture, labels, environment) VALUES(?, ?, ?)", architecture, labels, environment)
            row = database.lastInsertedRow
        }
        known[requirement] = row
        return row ?? 0
    }

    /// Notes that a job uses a tree that is in the store, so that gc keeps it.
    func insertTreeReference(job: JobID, role: TreeRole, name: String, digest: Digest) throws(FarmError) {
        guard let tree = try treeRow(digest) else { throw Self.missingTree(digest) }
        try insertTreeReference(job: job, role: role, name: name, tree: tree)
    }

    private func treeRow(_ digest: Digest) throws(FarmError) -> Int64? {
        try database.first("SELECT id FROM trees WHERE digest = ?", digest) { $0.integer(0) }
    }

    private static func missingTree(_ digest: Digest) -> FarmError {
        FarmError(.noInput, "tree \(digest) is not in the store; submit its files again")
    }

    /// - Parameter tree: The tree's row.
    func insertTreeReference(job: JobID, role: TreeRole, name: String, tree: Int64) throws(FarmError) {
        try database.run(
            "INSERT OR REPLACE INTO job_trees(job, role, name, tree) VALUES(?, ?, ?, ?)", job, role.rawValue, name, tree)
    }
}
