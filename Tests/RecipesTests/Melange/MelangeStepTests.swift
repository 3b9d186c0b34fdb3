import Documents
import FarmModel
import Testing

@testable import Recipes

@Suite struct MelangeStepTests {
    /// The steps of a pipeline without the lines around their texts.
    private func steps(_ pipeline: String, own: [String: String] = [:]) throws -> [RunnableStep] {
        let configuration = try MelangeConfigurationFile.read(configuration(pipeline), name: "bad.yaml")
        var expander = ConfigurationExpander(configuration, architecture: try x86(), errors: .init())
        let package = try #require(expander.packages().first)
        var compiler = StepCompiler(pipelines: StandIn.pipelines(own: own), makesScripts: true, errors: .init())
        compiler.compile(package.steps, in: StepSurroundings(file: "bad.yaml", scope: package.scope))
        #expect(compiler.errors.list.map(\.description) == [])
        return compiler.takeSteps()
    }

    @Test func aScriptIsRunInTheWorkspace() throws {
        let steps = try steps("pipeline: [{runs: 'echo ${{package.full-version}}'}]")
        #expect(steps == [RunnableStep(title: "step 1", workingDirectory: "/home/build", variables: [:], script: "echo 1.2.3-r4")])
    }

    @Test func pipelinesAreExpandedWithTheirInputs() throws {
        let steps = try steps("pipeline: [{uses: autoconf/make, with: {opts: 'V=${{package.version}}'}}, {uses: strip, name: Strip it}]")
        #expect(steps.map(\.script) == ["make -C '.' V=1.2.3", "strip /home/build/melange-out/tree"])
        #expect(steps.map(\.title) == ["autoconf/make", "Strip it (strip)"])
    }

    @Test func pipelinesOfTheSubmissionComeFirst() throws {
        let own = ["strip.yaml": "pipeline: [{runs: own}]", "fetch.yaml": "inputs: {uri: {}}\npipeline: [{runs: 'curl ${{inputs.uri}}'}]"]
        let steps = try steps("pipeline: [{uses: strip}, {uses: fetch, with: {uri: u}}]", own: own)
        #expect(steps.map(\.script) == ["own", "curl u"])
    }

    @Test func inputsAreBoundWhereTheyAreStated() throws {
        let own = [
            "outer.yaml": """
            inputs: {dir: {default: outer}, both: {default: '${{inputs.dir}}/${{package.name}}'}}
            pipeline:
              - uses: inner
                with: {dir: '${{inputs.dir}}-inner'}
              - uses: inner
              - runs: '${{inputs.dir}} ${{inputs.both}}'
            """,
            "inner.yaml": "inputs: {dir: {default: plain}}\npipeline: [{runs: '${{inputs.dir}} ${{inputs.both}}'}]",
        ]
        let steps = try steps("pipeline: [{uses: outer}, {uses: outer, with: {dir: mine, both: ''}}]", own: own)
        #expect(
            steps.map(\.script) == [
                "outer-inner outer/tree", "plain outer/tree", "outer outer/tree", "mine-inner mine/tree", "plain mine/tree",
                "mine mine/tree",
            ])
    }

    @Test func foldersAndVariablesArePassedDown() throws {
        let steps = try steps(
            """
            pipeline:
              - working-directory: src/${{package.name}}
                environment: {A: outer, B: outer}
                pipeline:
                  - runs: one
                  - runs: two
                    working-directory: /tmp
                    environment: {B: inner, C: '${{package.version}}'}
              - runs: three
              - uses: strip
                working-directory: x
            """)
        #expect(steps.map(\.workingDirectory) == ["/home/build/src/tree", "/tmp", "/home/build", "/home/build/x"])
        #expect(steps.map(\.variables) == [["A": "outer", "B": "outer"], ["A": "outer", "B": "inner", "C": "1.2.3"], [:], [:]])
    }

    @Test func stepsWhoseConditionFailsAreLeftOutWithAllThatIsInThem() throws {
        let steps = try steps(
            """
            pipeline:
              - if: ${{build.arch}} == 'aarch64'
                pipeline: [{runs: never}]
              - if: ${{build.arch}} == 'x86_64'
                pipeline: [{runs: once}, {if: '1 == 2', runs: never}]
              - uses: strip
                if: ${{package.name}} != 'tree'
            """)
        #expect(steps.map(\.script) == ["once"])
    }

    @Test func inputsOfAStepHoldForThoseWithinIt() throws {
        let steps = try steps("pipeline: [{uses: mine, with: {x: '${{package.name}}'}, pipeline: [{runs: 'echo ${{inputs.x}}'}]}]")
        #expect(steps.map(\.script) == ["echo tree"])
        #expect(steps.map(\.title) == ["mine"])
    }

    @Test func needsAreGatheredFromWhatRuns() throws {
        let built = try build(
            configuration(
                """
                environment: {contents: {packages: [busybox, 'foo-${{package.version}}']}}
                pipeline: [{uses: strip}, {uses: needs/more, with: {of: zlib}}, {uses: autoconf/make, if: 'a == b'}, {runs: x, needs: {packages: [bash, make]}}]
                subpackages: [{name: a, pipeline: [{uses: autoconf/make}]}, {name: b, if: 'a == b', pipeline: [{runs: x, needs: {packages: [nobody]}}]}]
                test: {pipeline: [{runs: x, needs: {packages: [curl]}}], environment: {contents: {packages: [jq]}}}
                """))
        #expect(built.work.environment.packages == ["busybox", "foo-1.2.3", "binutils", "scanelf", "zlib-dev", "make", "bash"])
        #expect(
            built.needs.map(\.text) == ["busybox", "foo-1.2.3", "binutils", "scanelf", "zlib-dev", "make", "make", "bash", "make", "make"])
        #expect(built.needs.map(\.pipeline).prefix(4) == [nil, nil, "strip", "strip"])
        #expect(built.tests.map(\.work.environment.packages) == [["jq", "tree", "curl"]])
    }
}
