import FarmModel
import Recipes
import Testing

@Suite struct ScriptRecipeTests {
    let recipe = ScriptRecipe()
    static let sum = String(repeating: "0", count: 64)
    static let text = """
        name: a
        version: 2
        arch: x86_64
        run: make
        sources:
          - src
          - {git: 'https://example.org/x', ref: main}
          - {git: 'https://example.org/x', ref: main, to: again}
          - {url: 'https://example.org/y', sha256: \(sum)}
          - {local: doc, to: doc}
        """

    private func job(_ text: String = Self.text) throws -> JobSpec { try #require(try jobs(text).first) }

    @Test func repositoriesAndFilesAreRequestedOnce() throws {
        let git = GitSource(repository: "https://example.org/x", reference: "main")
        let url = URLSource(url: "https://example.org/y", digest: try #require(Digest(Self.sum)))
        #expect(try recipe.prepare(job()) == [.gitCommit(git), .url(url)])
    }

    @Test func resolvedCommitsStandInThePlan() throws {
        let git = GitSource(repository: "https://example.org/x", reference: "main")
        let commit = String(repeating: "a", count: 40)
        let plan = try recipe.plan(job(), resolved: Resolution(commits: [git: commit]))
        let commits = plan.sources.map { source -> String? in if case .git(let git) = source.origin { git.commit } else { nil } }
        #expect(commits == [nil, commit, commit, nil, nil])
    }

    @Test func treesAreBoundInOrder() throws {
        let trees = [Digest.of([1]), Digest.of([2])]
        let spec = try job()
        #expect(try recipe.localSources(spec).map(\.path) == ["src", "doc"])
        let bound = try recipe.binding(trees, to: spec)
        #expect(try recipe.localSources(bound).map(\.tree) == trees)
        #expect(bound.identity == spec.identity && bound.origin == spec.origin && bound.base == spec.base)
        try expectFixpoint(bound)
        #expect(throws: FarmError.self) { try recipe.binding([trees[0]], to: spec) }
        #expect(throws: FarmError.self) { try recipe.binding(trees + trees, to: spec) }
    }

    @Test func theWholeTreeIsTheOneArtifact() throws {
        let outcome = TreeOutcome(tree: .of([1]), paths: ["bin/a"])
        let architecture = try #require(Architecture("x86_64"))
        let artifact = NamedArtifact(kind: "tree", name: "a", version: "2", architecture: architecture)
        #expect(recipe.conclude(try job(), outcome) == Conclusion(artifacts: [artifact]))
    }

    @Test func theRegistryKnowsTheRecipeAndSaysWhatItKnows() throws {
        var spec = try job()
        #expect(try RecipeRegistry.standard.recipe(of: spec) is ScriptRecipe)
        spec.recipe = "port"
        let message = #"job \#(spec.identity): no recipe "port"; known are melange, script"#
        #expect(throws: FarmError(.badInput, message)) { try RecipeRegistry.standard.recipe(of: spec) }
    }

    @Test func digestsIgnoreWhatDoesNotChangeTheWork() throws {
        let plain = try plan("name: a\narch: x86_64\nrun: make\n").digest
        let same = [
            "limits: {time: 1h, memory: 1GiB}", "retry: 7", "priority: 3", "labels: [gpu]", "caches: [ccache]", "version: 9", "needs: [b]",
            "source_date_epoch: 315532800", "volatile: false", "environment: {root: host}",
        ]
        for field in same { #expect(try plan("name: b\narch: x86_64\nrun: make\n\(field)\n").digest == plain, "\(field)") }
        let other = [
            "secrets: [token]", "volatile: true", "source_date_epoch: 1", "outputs: ['*']", "environment: {variables: {A: b}}",
            "sources: [.]",
        ]
        let digests = try other.map { try plan("name: a\narch: x86_64\nrun: make\n\($0)\n").digest }
        #expect(Set(digests + [plain, try plan("name: a\narch: aarch64\nrun: make\n").digest]).count == other.count + 2)
    }

    @Test func localSourcesCountByTheirTree() throws {
        func digest(_ source: String, _ tree: UInt8) throws -> Digest {
            let spec = try job("name: a\narch: x86_64\nrun: make\nsources: [\(source)]\n")
            return try recipe.plan(recipe.binding([.of([tree])], to: spec), resolved: Resolution()).digest
        }
        let first = try digest("src", 1)
        #expect(try digest("{local: /other, exclude: ['*.o']}", 1) == first)
        #expect(try digest("src", 2) != first)
        #expect(try digest("{local: src, to: x}", 1) != first)
    }
}
