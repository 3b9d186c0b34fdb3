import FarmModel

/// What a collection is going to remove of builds, logs, artifacts, trees and blobs, as tables of this connection alone, in memory: making
/// it writes nothing and holds no lock, and a farm with a million blobs fits.
///
/// A plan may be outdated when it is carried out. Each removal looks again, in its own transaction, whether it still may.
struct CollectionPlan {
    let store: Store
    let policy: RetentionPolicy
    /// Milliseconds since 1970; nil if the clock is not believed.
    let now: Int64?

    /// Reasons by their number in the tables.
    private(set) var reasons: [String] = []
    /// True if the store stays larger than it should: what is left is kept for other reasons.
    var isTooLarge = false

    private static let pageSize = 200
    private static let windowSize: Int64 = 5000

    init(_ store: Store, _ policy: RetentionPolicy, now: Int64?) throws(FarmError) {
        self.store = store
        self.policy = policy
        self.now = now
        try read { database throws(FarmError) in
            try database.execute(PlanTables.creation)
            // The rest of builds that an interrupted collection had begun to remove.
            try database.run("INSERT INTO gone_builds(id, ended, reason) SELECT id, 0, -1 FROM removals WHERE kind = 'build'")
        }
    }

    /// Decides about everything.
    mutating func make() throws {
        try planBuilds()
        try planContents()
        try sweepTrees()
        try sweepBlobs()
        if let size = policy.size { try planRoom(upTo: size) }
    }

    func read<T: Sendable>(_ body: (Connection) throws(FarmError) -> T) throws(FarmError) -> T {
        try store.readWhereWritten(body)
    }

    mutating func number(of reason: String) -> Int {
        if let index = reasons.firstIndex(of: reason) { return index }
        reasons.append(reason)
        return reasons.count - 1
    }
}

/// Builds, logs and artifacts by age.
extension CollectionPlan {
    private mutating func planBuilds() throws {
        try eachFinishedBuild { plan, build in
            // Most builds are too young, and nothing else has to be found out about them.
            guard plan.policy.verdict(onBuild: build.facts, now: plan.now).isRemoved else { return }
            let facts = try plan.facts(build, isCounting: true)
            guard case .removed(let reason) = plan.policy.verdict(onBuild: facts, now: plan.now) else { return }
            let number = plan.number(of: reason)
            try plan.read { database throws(FarmError) in try PlanTables.add(build, number, to: database) }
        }
    }

    private mutating func planContents() throws {
        guard policy.logs.shortest != nil || policy.artifacts.shortest != nil else { return }
        try eachFinishedBuild { plan, build in
            let facts = try plan.facts(build, isCounting: false)
            if !build.hasNoLogs, case .removed(let reason) = plan.policy.verdict(onLogsOf: facts, now: plan.now) {
                try plan.add(reason, "INSERT INTO gone_logs(id, ended, reason) VALUES(?1, ?3, ?2)", build)
            }
            if case .removed(let reason) = plan.policy.verdict(onArtifactsOf: facts, now: plan.now) {
                try plan.add(reason, PlanTables.outputs(kept: plan.policy.artifactsKept, plan.now), build)
            }
        }
    }

    /// Tells of each finished build that is not to be removed why it stays.
    mutating func explain(_ report: (BuildID, String) throws -> Void) throws {
        try eachFinishedBuild { plan, build in
            let facts = try plan.facts(build, isCounting: true)
            if case .kept(let reason) = plan.policy.verdict(onBuild: facts, now: plan.now) { try report(build.id, reason) }
        }
    }

    private mutating func add(_ reason: String, _ sql: String, _ build: FinishedBuild) throws(FarmError) {
        let number = number(of: reason)
        try read { database throws(FarmError) in
            _ = try database.run(sql, build.id, number, build.ended)
        }
    }

    /// Visits the finished builds that are not to be removed, those that ended first first.
    mutating func eachFinishedBuild(_ visit: (inout CollectionPlan, FinishedBuild) throws -> Void) throws {
        var last = FinishedBuild.beforeAll
        while true {
            let page = try read { database throws(FarmError) in
                try FinishedBuild.page(after: last, atMost: Self.pageSize, database)
            }
            guard let end = page.last else { return }
            for build in page where !build.isGone { try visit(&self, build) }
            last = end
        }
    }

    func facts(_ build: FinishedBuild, isCounting: Bool) throws(FarmError) -> BuildFacts {
        let (policy, now) = (policy, now)
        return try read { database throws(FarmError) in
            var facts = build.facts
            facts.pin = try PinTable(database, now: now).phrase(of: .build(build.id))
            if isCounting {
                facts.isAmongNewest = try NewestResults(database).has(build.id, good: policy.goodResultsKept, bad: policy.buildsKept)
            }
            return facts
        }
    }
}

/// Trees and blobs that nothing will refer to.
extension CollectionPlan {
    var conditions: GarbageConditions { GarbageConditions(isPlanned: true, keepsNewest: policy.artifactsKept > 0, now: now) }

    private func sweepTrees() throws(FarmError) {
        let sql = "INSERT OR IGNORE INTO gone_trees SELECT t.id FROM trees t WHERE t.id > ? AND t.id <= ? AND \(conditions.tree)"
        try eachWindow(of: "trees") { database, low, high throws(FarmError) in try database.run(sql, low, high) }
    }

    private func sweepBlobs() throws(FarmError) {
        let sql = """
            INSERT OR IGNORE INTO gone_blobs SELECT b.id, b.bytes FROM blobs b WHERE b.id > ? AND b.id <= ? AND \(conditions.blob)
            """
        try eachWindow(of: "blobs") { database, low, high throws(FarmError) in try database.run(sql, low, high) }
    }

    /// One short query after the other: none keeps the write-ahead log from being copied.
    private func eachWindow(of table: String, _ body: (Connection, Int64, Int64) throws(FarmError) -> Void) throws(FarmError) {
        let end = try read { database throws(FarmError) in try database.first("SELECT max(id) FROM \(table)") { $0.integer(0) } ?? 0 }
        for low in stride(from: Int64(0), to: end, by: Int64.Stride(Self.windowSize)) {
            try read { database throws(FarmError) in try body(database, low, low + Self.windowSize) }
        }
    }
}
