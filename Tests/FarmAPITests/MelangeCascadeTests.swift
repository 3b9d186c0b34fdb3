import Documents
import Execution
import FarmAPI
import FarmModel
import FarmRunner
import FarmStore
import FarmSubmission
import HostSystem
import Recipes
import TestSupport
import Testing

/// What stands in for melange: a package whose configuration says so fails.
private struct PretendedMelange: Recipe {
    static let name = MelangeRecipe.name
    static let revision = 1

    func jobs(in document: DocumentNode, _ reader: inout NodeReader) -> [JobSpec] { MelangeRecipe().jobs(in: document, &reader) }

    func prepare(_ spec: JobSpec) throws(FarmError) -> [PrepareRequest] { [] }

    func plan(_ spec: JobSpec, resolved: Resolution) throws(FarmError) -> Plan {
        let fails = spec.document["config"]?.string?.contains("# fails") == true
        let script = fails ? "echo no; exit 3" : "echo built >\"$BF_OUT/\(spec.identity.name).apk\""
        return Plan(architecture: spec.identity.architecture, phases: [Phase(name: "build", command: .script(script))])
    }

    func conclude(_ spec: JobSpec, _ outcome: TreeOutcome) -> Conclusion { Conclusion(artifacts: []) }

    func localSources(_ spec: JobSpec) throws(FarmError) -> [LocalSource] { [] }

    func binding(_ trees: [Digest], to spec: JobSpec) throws(FarmError) -> JobSpec { spec }
}

@Suite struct MelangeCascadeTests {
    private var unisolated: RunnerOptions {
        var options = RunnerOptions()
        options.isolation = .none
        return options
    }

    private func run(_ store: Store, _ recipes: RecipeRegistry) async throws {
        let options = unisolated
        let observer = RunnerObserver(jobsChanged: { _ in }, notice: { _ in }, problem: { _ in })
        let result: Result<RunnerSummary, FarmError> = try await withCheckedThrowingContinuation { continuation in
            do {
                try Threads.start {
                    continuation.resume(
                        returning: Result { () throws(FarmError) in
                            try Runner(store: store, options: options, recipes: recipes, observer: observer).run()
                        })
                }
            } catch { continuation.resume(throwing: error) }
        }
        _ = try result.get()
    }

    /// What a build of these configurations answers at its end.
    private func answer(_ texts: [String], _ recipes: RecipeRegistry) async throws -> JSONValue {
        let farm = try TestFarm()
        let body = JSONValue.object(["configs": .array(texts.map(JSONValue.string))]).text
        let request = try MelangeBuildRequest(body: Array(body.utf8))
        let set = try MelangePackageSet(configurations: texts, mode: .dag)
        var options = SubmitOptions()
        options.dialect = "melange"
        options.aliases = ["bld-0011aabb"]
        options.dialectData = MelangeBuildData(request, set).stored
        let jobs = try set.jobs(request.options, usual: .native)
        _ = try Submitter(store: farm.store, recipes: recipes).submit(jobs, options)
        try await run(farm.store, recipes)
        guard case .build(let build)? = try farm.store.alias("melange", "bld-0011aabb") else {
            Issue.record("the build has no such name")
            return .null
        }
        return MelangeBuildAnswer(
            id: "bld-0011aabb", build: try farm.store.build(build), jobs: try farm.store.jobs(of: build),
            data: MelangeBuildData(stored: try #require(try farm.store.dialectData(of: build)))
        ).json
    }

    private func statuses(_ answer: JSONValue) -> [String] {
        (answer["packages"]?.array ?? []).map { "\($0["name"]?.string ?? "") \($0["status"]?.string ?? "")" }
    }

    @Test func failureReachesWhatNeedsIt() async throws {
        let texts = [
            configuration("e", ["d"]), configuration("d", ["c"]), configuration("c", ["a"]) + "# fails\n", configuration("b", ["a"]),
            configuration("a"),
        ]
        let answer = try await answer(texts, RecipeRegistry([PretendedMelange()]))
        #expect(answer["status"] == "partial")
        #expect(statuses(answer) == ["a success", "b success", "c failed", "d skipped", "e skipped"])
        let packages = try #require(answer["packages"]?.array)
        #expect(packages[3]["error"] == "dependency c failed")
        #expect(packages[4]["error"] == "dependency d failed")
        #expect(packages[2]["error"]?.string?.contains("3") == true)
        #expect(packages[2]["log_path"] != nil && packages[3]["log_path"] == nil)
    }

    @Test func allGoesWell() async throws {
        let answer = try await answer([configuration("b", ["a"]), configuration("a")], RecipeRegistry([PretendedMelange()]))
        #expect(answer["status"] == "success")
        #expect(statuses(answer) == ["a success", "b success"])
    }

    /// A request may have a configuration that nobody can build: it is judged when it is prepared.
    @Test func whatCannotBeReadFailsAsBadInput() async throws {
        let answer = try await answer([configuration("b", ["a"]), configuration("a") + "unknown: 1\n"], .standard)
        #expect(answer["status"] == "failed")
        #expect(statuses(answer) == ["a failed", "b skipped"])
        let error = answer["packages"]?.array?.first?["error"]?.string ?? ""
        #expect(error.contains("unknown key \"unknown\""), "\(error)")
    }
}
