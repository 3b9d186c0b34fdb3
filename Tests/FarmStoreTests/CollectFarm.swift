import FarmModel
import HostSystem
import TestSupport

@testable import FarmStore

/// A farm with trees, logs and a clock of its own, and the rules that every collection obeys.
struct CollectFarm {
    static let day: Int64 = 86_400_000

    let folder: TemporaryFolder
    let clock = TestClock()
    let store: Store
    let runner: TestRunner

    init() throws {
        folder = try TemporaryFolder()
        let (clock, directory) = (clock, StateDirectory(path: folder("state")))
        store = try StoreOpening(directory: directory, command: "test", notice: { _ in }, readClock: { clock.now }).open()
        runner = try TestRunner(store)
    }

    var path: String { store.directory.path }

    /// Builds the jobs of a submission. A name that begins with `bad` fails, any other makes a tree of the files given.
    @discardableResult
    func build(_ submission: Submission, files: [String: String]) throws -> BuildID {
        let build = try store.submitNew(submission).id
        while let claim = try runner.claim(Selection(builds: [build])) { try finish(claim, files: files) }
        return build
    }

    @discardableResult
    func build(_ name: String, _ content: String) throws -> BuildID { try build(.graph([name: []]), files: ["file": content]) }

    func finish(_ claim: Claim, files: [String: String]) throws {
        try writeLog(claim)
        if claim.identity.name.hasPrefix("bad") {
            try runner.finish(claim, .bad)
            return
        }
        let session = try store.blobs.beginSession()
        let tree = try tree(files, session)
        let artifact = ArtifactRecord(
            job: claim.job, kind: "tree", name: claim.identity.name, version: nil, architecture: .native, path: nil, bytes: tree.bytes,
            digest: tree.digest)
        try runner.finish(claim, .success(tree: tree, artifacts: [artifact]))
        withExtendedLifetime(session) {}
    }

    private func writeLog(_ claim: Claim) throws {
        let folder = store.directory.logs(claim.build, claim.job)
        try Files.makeFolders(folder)
        try Files.open(folder + "/\(claim.number).log", [.write, .create]).writeAll(Array("built \(claim.identity)\n".utf8))
    }

    /// Stores files as a tree.
    func tree(_ files: [String: String], _ session: BlobSession) throws -> StoredTree {
        let source = try TemporaryFolder()
        for (name, content) in files { try source.write(content, to: name) }
        var reader = TreeReader(session: session)
        return try reader.read(try source.open()).tree
    }

    /// Collects, and returns what was told.
    @discardableResult
    func collect(_ policy: RetentionPolicy, isDryRun: Bool = false) throws -> [DeletionRecord] {
        var records: [DeletionRecord] = []
        try Collector(store: store, policy: policy, isDryRun: isDryRun, notice: { _ in }) { records.append($0) }.collect()
        return records
    }

    /// A policy that keeps nothing but the newest good tree of each package.
    static var nothing: RetentionPolicy {
        var policy = RetentionPolicy()
        policy.builds = .init(all: 0)
        policy.buildsKept = 0
        return policy
    }

    func count(_ query: String) throws -> Int64 {
        try store.read { database throws(FarmError) in try database.first("SELECT count(*) \(query)") { $0.integer(0) } ?? 0 }
    }

    func has(_ build: BuildID) throws -> Bool { try count("FROM builds WHERE id = \(build.number)") == 1 }

    func hasLogs(_ build: BuildID) -> Bool { LogFolders(store: store).has(build) }

    /// What is wrong with the farm: references to what is not there, and what nothing refers to.
    func faults() throws -> [String] {
        var faults: [String] = []
        for (query, fault) in Self.dangling where try count(query) > 0 { faults.append(fault) }
        let trees = try store.read { database throws(FarmError) in
            try database.all("SELECT digest FROM trees") { $0.digest(0) }
        }
        for tree in trees.compactMap(\.self) { faults += try damage(of: tree) }
        for build in LogFolders(store: store).builds where try !has(build) { faults.append("logs of \(build), which is gone") }
        for folder in BlobFiles(store: store, now: nil).folders {
            for stray in try BlobFiles(store: store, now: nil).strays(in: folder) { faults.append("\(stray.path) is not known") }
        }
        for entry in (try? Files.entries(of: store.directory.trash)) ?? [] { faults.append("trash has \(entry.name ?? "?")") }
        return faults
    }

    private static let dangling = [
        ("FROM job_trees WHERE tree NOT IN (SELECT id FROM trees)", "a job uses a tree that is gone"),
        ("FROM job_trees WHERE job NOT IN (SELECT id FROM jobs)", "a tree is used by a job that is gone"),
        ("FROM jobs WHERE tree IS NOT NULL AND tree NOT IN (SELECT id FROM trees)", "a job's tree is gone"),
        ("FROM jobs WHERE build NOT IN (SELECT id FROM builds)", "a job's build is gone"),
        ("FROM attempts WHERE job NOT IN (SELECT id FROM jobs)", "an attempt's job is gone"),
        ("FROM documents WHERE job NOT IN (SELECT id FROM jobs)", "a document's job is gone"),
        ("FROM artifacts WHERE job NOT IN (SELECT id FROM jobs)", "an artifact's job is gone"),
        ("FROM edges WHERE job NOT IN (SELECT id FROM jobs)", "an edge's job is gone"),
        ("FROM tree_blobs WHERE tree NOT IN (SELECT id FROM trees)", "a blob's tree is gone"),
        ("FROM tree_blobs WHERE blob NOT IN (SELECT id FROM blobs)", "a tree's blob is gone"),
        ("FROM packages WHERE tree IS NOT NULL AND tree NOT IN (SELECT id FROM trees)", "a package's tree is gone"),
        ("FROM removals", "something was left half removed"),
    ]

    private func damage(of tree: Digest) throws -> [String] {
        var faults: [String] = []
        for entry in try store.blobs.manifest(tree).entries {
            guard case .file(_, let digest) = entry.content else { continue }
            if failure({ () throws(FarmError) in
                try store.blobs.copy(digest, to: FarmError.wrap { () throws(SystemError) in try .inMemory([]) })
            })
                != nil
            {
                faults.append("\(entry.path) of \(tree) cannot be read")
            }
        }
        return faults
    }
}
