import Documents
import FarmModel
import Testing

@testable import Recipes

@Suite struct MelangeOptionTests {
    private static let text = """
        package: {name: tree, version: 1, epoch: 0}
        environment: {contents: {packages: [gcc, make, gcc, busybox]}}
        vars: {flags: -O2, both: a}
        options:
          fast: {vars: {flags: '${{vars.flags}} -O3', both: b}, environment: {contents: {packages: {add: [lld], remove: [gcc, absent]}}}}
          clang: {vars: {both: '${{vars.both}}c', compiler: clang}, environment: {contents: {packages: {add: [clang], remove: [lld]}}}}
          bare:
        pipeline:
          - runs: echo ${{vars.flags}}/${{vars.both}}/${{options.fast.enabled}}/${{options.clang.enabled}}/${{options.bare.enabled}}
          - if: ${{options.clang.enabled}} == 'true'
            runs: with-clang
        test: {environment: {contents: {packages: [gcc]}}, pipeline: [{runs: x}]}
        """

    private func built(_ options: [String]) throws -> MelangeBuild {
        var defaults = MelangeDefaults()
        defaults.buildOptions = options
        return try build(Self.text, defaults: defaults)
    }

    @Test(
        arguments: [
            ([], "-O2/a/false/false/false", ["gcc", "make", "busybox"]),
            (["fast"], "-O2 -O3/b/true/false/false", ["make", "busybox", "lld"]),
            (["clang"], "-O2/ac/false/true/false", ["gcc", "make", "busybox", "clang"]),
            (["fast", "clang"], "-O2 -O3/bc/true/true/false", ["make", "busybox", "clang"]),
            (["clang", "fast"], "-O2 -O3/b/true/true/false", ["make", "busybox", "clang", "lld"]),
            (["bare", "other"], "-O2/a/false/false/true", ["gcc", "make", "busybox"]),
        ] as [([String], String, [String])])
    func optionsChangeWhatTheySay(_ options: [String], _ line: String, _ packages: [String]) throws {
        let built = try built(options)
        #expect(built.work.phases[0].script.contains("echo \(line)\n"))
        #expect(built.work.phases[0].script.contains("with-clang") == options.contains("clang"))
        #expect(built.work.environment.packages == packages)
        #expect(built.tests[0].work.environment.packages == ["gcc", "tree"])
    }

    @Test func onlyItsOwnOptionsAreKnown() throws {
        var defaults = MelangeDefaults()
        defaults.buildOptions = ["fast"]
        let error = try #require(throws: FarmError.self) {
            try build(configuration("pipeline: [{runs: '${{options.fast.enabled}}'}]"), defaults: defaults)
        }
        #expect(error.message.contains("unknown variable \"${{options.fast.enabled}}\""))
    }

    @Test func passwordsOfRepositoriesAreNotKept() throws {
        var defaults = DocumentDefaults(architecture: .native)
        defaults.packages.repositories = [PackageEnvironment.Repository(address: "https://apk:hunter2@r.example/os")]
        let input = DocumentInput(name: "0.yaml", bytes: Array(Self.text.utf8), base: nil)
        let error = try #require(throws: FarmError.self) { try DocumentReader(defaults: defaults).read([input]) }
        #expect(error.message.contains("carries a user or password") && !error.message.contains("hunter2"))
        var document = MelangeDocument(name: "a", architecture: .native, configuration: "package: {name: a}")
        document.keys = ["https://apk:hunter2@r.example/k.rsa.pub"]
        let refusal = try #require(throws: FarmError.self) { try document.check() }
        #expect(refusal.message.contains("carries a user or password") && !refusal.message.contains("hunter2"))
    }

    // MARK: Submissions

    private func read(_ texts: [String], options: [String] = [], on architecture: String = "x86_64") throws -> [JobSpec] {
        var defaults = DocumentDefaults(architecture: try #require(Architecture(architecture)))
        defaults.packages.buildOptions = options
        let inputs = texts.enumerated().map { DocumentInput(name: "\($0).yaml", bytes: Array($1.utf8), base: nil) }
        return try DocumentReader(defaults: defaults).read(inputs)
    }

    @Test func jobsHaveTheOptionsOfTheirConfigurations() throws {
        let lld = "package: {name: lld, version: 1, epoch: 0}\noptions: {bare: }\n"
        let jobs = try read([Self.text, lld], options: ["bare", "fast"])
        #expect(jobs.map { $0.document["build_options"] } == [["bare", "fast"], ["bare"]])
        #expect(jobs.map { $0.needs.map(\.name) } == [["lld"], []])
        #expect(try read([Self.text, lld]).map { $0.needs.map(\.name) } == [[], []])
        #expect(try read([Self.text])[0].document["build_options"] == nil)
    }

    @Test func theRecordIsBuiltAsTheFileWas() throws {
        let job = try #require(try read([Self.text], options: ["fast"]).first)
        let plan = try MelangeRecipe().plan(job, resolved: Resolution())
        guard case .packages(let root) = plan.environment, case .script(let script) = plan.phases[0].command else {
            Issue.record("no root of packages: \(plan.environment)")
            return
        }
        #expect(root.packages == ["make", "busybox", "lld"] && script.contains("echo -O2 -O3/b/true/false/false\n"))
        let record = JSONValue.object(job.document).text
        let stored = try DocumentReader().read(stored: record, name: "stored")
        #expect(stored?.document["build_options"] == ["fast"])
    }

    @Test(arguments: [
        (["fats"], "0.yaml:1:17: options: no configuration of the submission has the build option \"fats\", did you mean \"fast\"?"),
        (["fast", "zzzzzz"], "0.yaml:1:17: options: no configuration of the submission has the build option \"zzzzzz\""),
    ])
    func anOptionThatNobodyHasIsAnError(_ options: [String], _ message: String) throws {
        let error = try #require(throws: FarmError.self) { try read([Self.text], options: options) }
        #expect(error.status == .badInput && error.message == message)
    }

    // MARK: Architectures

    private static let arm = "package: {name: arm, version: 1, epoch: 0, target-architecture: [aarch64]}\n"

    @Test func aSubmissionOfNothingThatIsMadeSaysWhy() throws {
        let other = "package: {name: other, version: 1, epoch: 0, target-architecture: [aarch64, riscv64]}\n"
        let error = try #require(throws: FarmError.self) { try read([Self.arm, other]) }
        #expect(error.status == .badInput)
        let expected = [
            "0.yaml:1:17: arm is for aarch64 only, and this submission is for x86_64; ask for another architecture",
            "1.yaml:1:17: other is for aarch64 or riscv64 only, and this submission is for x86_64; ask for another architecture",
        ]
        #expect(error.message.split(separator: "\n").map(String.init) == expected)
        #expect(try read([Self.arm], on: "aarch64").map(\.identity.name) == ["arm"])
    }

    @Test func whatIsNotMadeIsPassedOverAmongOthers() throws {
        #expect(try read([Self.arm, Self.text]).map(\.identity.name) == ["tree"])
        #expect(try read([Self.arm, "name: script\nrun: x\n"]).map(\.identity.name) == ["script"])
        #expect(try read([]).isEmpty)
        let error = try #require(throws: FarmError.self) { try read([Self.arm, "package: {name: a}\n"]) }
        #expect(error.message == "1.yaml:1:10: version is missing")
    }
}
