import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

/// State directories of earlier versions.
@Suite struct MigrationTests {
    private let folder: TemporaryFolder
    private let directory: StateDirectory

    init() throws {
        folder = try TemporaryFolder()
        directory = StateDirectory(path: folder("state"))
    }

    /// What released versions made never changes: whoever has such a database has it for ever.
    @Test func releasedStepsStayAsTheyWere() {
        #expect(Digest.of(Schema.steps[0].utf8).hex == "19cd93b864cb4fb9de5ce1be8068e52f621d26179f865e40324f838c2d2526fd")
        #expect(Digest.of(Schema.steps[1].utf8).hex == "593d240ed0fa6491f1c0b10558fc09c79e0bdd9dc53a9bb8aee0cac0d14dda34")
    }

    /// A database of an earlier version with a build of two jobs, the first of them done.
    private func make(version: Int64) throws {
        try Files.makeFolders(directory.path, mode: 0o700)
        let old = try Connection(path: directory.database, creates: true)
        try old.execute(Schema.preparation)
        let steps = Schema.steps.prefix(Int(version)).joined()
        try old.execute(steps + "PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(version)")
        let tree = StoredTree.empty.digest.hex
        try old.execute(
            """
            INSERT INTO trees(id, digest, bytes, files, created_ms) VALUES(1, x'\(tree)', 0, 0, 0);
            INSERT INTO builds(id, state, dialect, content, priority, created_ms, pending, success)
                VALUES(100, 'running', 'native', x'\(tree)', 0, 1, 1, 1);
            INSERT INTO requirements VALUES(1, '\(Architecture.native)', '');
            INSERT INTO jobs(id, build, position, name, architecture, cell, recipe, plan_digest, tree, requirement, priority, rank, score, queue,
                    waiting, state)
                VALUES(10, 100, 0, 'lib', '\(Architecture.native)', '', 'script', x'\(tree)', 1, 1, 0, 1, 0, NULL, 0, 'success'),
                    (11, 100, 1, 'app', '\(Architecture.native)', '', 'script', x'\(tree)', NULL, 1, 0, 1, 0, 1, 0, 'pending');
            INSERT INTO documents VALUES(10, '{"kind":"spec","name":"lib"}'), (11, '{"kind":"spec","name":"app"}');
            INSERT INTO edges VALUES(11, 10, 0);
            """)
    }

    private func shape(_ directory: StateDirectory) throws -> [String] {
        try Connection(path: directory.database, creates: false).all(
            "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name"
        ) { $0.text(0) }
    }

    @Test(arguments: 1..<Schema.version)
    func anEarlierVersionIsMigratedAndWorksOn(version: Int64) throws {
        try make(version: version)
        let store = try Store.open(directory, command: "test") { _ in }
        let runner = try TestRunner(store)
        let claim = try runner.mustClaim()
        #expect(claim.identity.name == "app")
        try runner.finish(claim, .good)
        #expect(try store.build(BuildID(100)).state == .success)
        #expect(try store.build(BuildID(100)).dialect == "native")
        let token = try store.createToken(TokenRequest(name: "ci", role: .read), by: Requester())
        #expect(try store.token(matching: token.secret) == token.record)
        let copy = try Connection(path: SchemaMigration.copy(of: directory, version: version), creates: false)
        #expect(try SchemaVersion.read(copy) == version)
        #expect(try copy.first("SELECT count(*) FROM jobs") { $0.integer(0) } == 2)
    }

    @Test(arguments: 1..<Schema.version)
    func aMigratedDatabaseIsShapedLikeANewOne(version: Int64) throws {
        try make(version: version)
        _ = try Store.open(directory, command: "test") { _ in }
        let new = StateDirectory(path: folder("new"))
        _ = try Store.open(new, command: "test") { _ in }
        #expect(try shape(directory) == shape(new))
    }

    @Test func whoeverHasItOpenIsNamed() throws {
        try make(version: 1)
        let other = try FileLock(path: directory.schemaLock)
        #expect(try other.tryShared())
        let error = failure { () throws(FarmError) in _ = try Store.open(directory, command: "test") { _ in } }
        #expect(error?.status == .temporary)
        #expect(error?.message.contains("is in use by") == true)
        try other.unlock()
        #expect(try Store.open(directory, command: "test") { _ in }.recentBuilds(finished: 9).count == 1)
    }

    @Test func manyMayMigrateAtOnce() throws {
        try make(version: 1)
        let counts = try concurrently(6) { _ in
            try Store.open(directory, command: "test") { _ in }.recentBuilds(finished: 9).count
        }
        #expect(counts == Array(repeating: 1, count: 6))
    }
}
