import Documents
import FarmModel
import FarmStore
import HostSystem
import Recipes
import TestSupport
import Testing

@testable import FarmSubmission

@Suite struct SubmitterTests {
    private let farm: TestFarm

    init() throws { farm = try TestFarm() }

    private var submitter: Submitter { Submitter(store: farm.store) }

    /// The jobs of a text; without a folder as one that came over a network.
    private func jobs(_ text: String, base: String? = nil) throws -> [JobSpec] {
        try DocumentReader().read([DocumentInput(name: "farm.yaml", bytes: Array(text.utf8), base: base)])
    }

    private func upload(_ files: KeyValuePairs<String, String>) throws -> Digest {
        let uploads = Uploads(store: farm.store)
        for (_, content) in files {
            let upload = try uploads.open(Digest.of(content.utf8), owner: "ann")
            try upload.append(Array(content.utf8))
            _ = try upload.finish()
        }
        let manifest = TreeManifest(
            entries: files.map { TreeEntry(path: $0, mode: 0o644, content: .file(size: Int64($1.utf8.count), digest: Digest.of($1.utf8))) })
        guard case .added(let tree) = try uploads.addTree(manifest.bytes, owner: "ann") else { throw NotNew() }
        return tree
    }

    private func created(_ outcome: Store.SubmitOutcome) throws -> BuildRecord {
        guard case .created(let build) = outcome else { throw NotNew() }
        return build
    }

    @Test func whatIsPreparedIsNotYetStored() throws {
        let prepared = try submitter.prepare(try jobs("{name: lib, run: make}\n---\n{name: app, needs: [lib], run: make}"), SubmitOptions())
        #expect(try farm.store.recentBuilds(finished: 9).isEmpty)
        #expect(prepared.submission.jobs.map(\.rank) == [2, 1])
        let build = try created(farm.store.submit(prepared.submission))
        #expect(try farm.store.jobs(of: build.id).map(\.identity.name) == ["lib", "app"])
    }

    @Test func theQueueStoresWhatWasPrepared() async throws {
        let queue = SubmissionQueue(store: farm.store)
        let specs = try jobs("{name: lib, run: make}")
        let submitter = submitter
        let builds = try await withThrowingTaskGroup(of: BuildID.self) { group in
            for number in 0..<50 {
                group.addTask {
                    var options = SubmitOptions()
                    options.key = "k\(number % 25)"
                    switch try await queue.submit(submitter.prepare(specs, options)) {
                    case .created(let build), .existing(let build): return build.id
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(builds.count == 50)
        #expect(Set(builds).count == 25)
    }

    @Test func namesOfADialectAreStored() throws {
        let specs = try jobs("{name: lib, run: make}")
        var options = SubmitOptions()
        options.dialect = "melange"
        options.aliases = ["bld-00000001"]
        options.jobAliases = [specs[0].identity: ["0badcafe"]]
        options.dialectData = ["spec": ["mode": "flat"]]
        let build = try created(submitter.submit(specs, options))
        #expect(try farm.store.alias("melange", "bld-00000001") == .build(build.id))
        #expect(try farm.store.alias("melange", "0badcafe") == .job(farm.store.jobs(of: build.id)[0].id))
        #expect(try farm.store.dialectData(of: build.id) == options.dialectData)
    }

    @Test func anUploadedTreeIsASource() throws {
        let tree = try upload(["main.c": "int main(void) { return 0; }"])
        let specs = try jobs("{name: app, run: make, sources: [{tree: '\(tree)', to: src}]}")
        let prepared = try submitter.prepare(specs, SubmitOptions())
        #expect(prepared.submission.jobs[0].trees.map(\.digest) == [tree])
        #expect(prepared.submission.jobs[0].sources == [tree.description])
        let build = try created(farm.store.submit(prepared.submission))
        let runner = try TestRunner(farm.store)
        let claim = try runner.mustClaim(Selection(builds: [build.id]))
        let plan = try ScriptRecipe().plan(
            try #require(try DocumentReader().read(stored: claim.document, name: "claim")), resolved: Resolution())
        #expect(plan.sources == [Source(origin: .local(LocalSource(tree: tree)), destination: "src")])
    }

    /// What a client on another machine sends: its paths, and the trees that it has uploaded.
    @Test func aPathBesideATreeIsNotReadAndNeedsNoLeave() throws {
        let tree = try upload(["a": "1"])
        let specs = try jobs("{name: app, run: make, sources: [{local: /nonexistent, tree: '\(tree)'}]}")
        let build = try created(submitter.submit(specs, SubmitOptions()))
        #expect(build.tally.total == 1)
        #expect(
            failure { () throws(FarmError) in _ = try DocumentReader().read([input("{name: a, run: x, sources: [/etc]}")]) }?.status
                == .badInput)
    }

    private func input(_ text: String) -> DocumentInput { DocumentInput(name: "body", bytes: Array(text.utf8), base: nil) }

    @Test func aTreeThatIsNotThereIsNamed() throws {
        let tree = Digest.of([1, 2, 3])
        let specs = try jobs("{name: app, run: make, sources: [{tree: '\(tree)'}]}")
        let error = failure { () throws(FarmError) in _ = try submitter.prepare(specs, SubmitOptions()) }
        #expect(error?.status == .noInput)
        #expect(error?.message.contains("app") == true && error?.message.contains(tree.description) == true)
        #expect(error?.message.contains("upload") == true)
    }

    @Test func twoDocumentsWithTheSameTreeAreTheSameWork() throws {
        let tree = try upload(["a": "1"])
        let named = try jobs("{name: app, run: make, sources: [{local: src, tree: '\(tree)'}]}")
        let alone = try jobs("{name: app, run: make, sources: [{tree: '\(tree)'}]}")
        let digests = try [named, alone].map { try submitter.prepare($0, SubmitOptions()).submission.jobs[0].planDigest }
        #expect(digests[0] == digests[1])
    }

    @Test func localFilesAreInTheStoreBeforeTheBuild() throws {
        try farm.folder.write("hello", to: "doc/src/hello.txt")
        let specs = try jobs("{name: app, run: make, sources: [src]}", base: farm.folder("doc"))
        let prepared = try submitter.prepare(specs, SubmitOptions())
        let tree = try #require(prepared.submission.trees.first)
        #expect(try farm.store.blobs.manifest(tree.digest).entries.map(\.path) == ["hello.txt"])
        _ = try created(farm.store.submit(prepared.submission))
        #expect(try farm.store.missingTrees([tree.digest]).isEmpty)
    }

    /// Nobody deletes while something prepared waits.
    @Test func whatIsPreparedKeepsTheCollectorOut() throws {
        try farm.folder.write("hello", to: "doc/src/hello.txt")
        let specs = try jobs("{name: app, run: make, sources: [src]}", base: farm.folder("doc"))
        var prepared: PreparedSubmission? = try submitter.prepare(specs, SubmitOptions())
        let lock = try FileLock(path: farm.directory.path + "/artifacts.lock")
        #expect(try !lock.tryExclusive())
        #expect(prepared != nil)
        prepared = nil
        // Programs that are being started hold every open lock for a moment.
        try lock.lock(.exclusive, timeout: .seconds(10))
    }

    @Test(arguments: [
        "{name: app, run: make, secrets: [token]}",
        "{recipe: melange, name: app, config: 'package: {name: app, version: 1}', secret_variables: [token]}",
    ])
    func aMissingSecretIsNamed(_ document: String) throws {
        let specs = try jobs(document)
        let error = failure { () throws(FarmError) in _ = try submitter.prepare(specs, SubmitOptions()) }
        #expect(error?.status == .badInput)
        #expect(error?.message.contains("token") == true)
    }
}
