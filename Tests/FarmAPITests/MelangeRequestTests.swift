import FarmAPI
import FarmModel
import Testing

/// A request for a build that is refused, and with what.
struct RefusedBuild: CustomTestStringConvertible, Sendable {
    var body: String
    var text: String

    var testDescription: String { body }

    static let table = [
        RefusedBuild(body: "", text: "invalid request body: EOF"),
        RefusedBuild(body: "{", text: "invalid request body: line 1, column 2: expected a string"),
        RefusedBuild(body: "[]", text: "invalid request body: expected an object, found a list"),
        RefusedBuild(body: #"{"configs":"a"}"#, text: "invalid request body: configs: expected a list of strings, found a string"),
        RefusedBuild(body: #"{"configs":[1]}"#, text: "invalid request body: configs: expected a string, found a number"),
        RefusedBuild(body: #"{"debug":"yes"}"#, text: "invalid request body: debug: expected true or false, found a string"),
        RefusedBuild(
            body: #"{"pipelines":{"a":true}}"#, text: "invalid request body: pipelines.a: expected a string, found a truth value"),
        RefusedBuild(body: #"{"mode":"tree"}"#, text: #"invalid request body: invalid mode "tree": must be 'flat' or 'dag'"#),
        // The body comes before the source, the source before everything else.
        RefusedBuild(body: #"{"git_source":{},"debug":1}"#, text: "invalid request body: debug: expected true or false, found a number"),
        RefusedBuild(body: #"{"git_source":{}}"#, text: "invalid git source: git source repository is required"),
        RefusedBuild(
            body: #"{"git_source":{"ref":"main"},"config_yaml":"x"}"#, text: "invalid git source: git source repository is required"),
        RefusedBuild(body: "{}", text: "config_yaml, configs, or git_source is required"),
        RefusedBuild(body: #"{"configs":[]}"#, text: "config_yaml, configs, or git_source is required"),
        RefusedBuild(body: #"{"config_yaml":"","configs":null}"#, text: "config_yaml, configs, or git_source is required"),
        RefusedBuild(body: #"{"config_yaml":"package: {}"}"#, text: "failed to parse configs: config missing package name"),
        RefusedBuild(body: ##"{"config_yaml":"# nothing"}"##, text: "failed to parse configs: config missing package name"),
        RefusedBuild(
            body: #"{"config_yaml":"package:\n  name: [a]\n"}"#,
            text: "failed to parse configs: yaml: line 2: name: expected a string, found a list"),
        RefusedBuild(
            body: #"{"config_yaml":"just words"}"#,
            text: #"failed to parse configs: yaml: line 1: the configuration: expected a mapping, found "just words""#),
        RefusedBuild(
            body: #"{"config_yaml":"package:\n  name: a: b\n"}"#,
            text: "failed to parse configs: yaml: line 2: mapping values are not allowed in this context"),
        RefusedBuild(
            body: #"{"configs":["package: {name: a}","package: {name: a}"]}"#,
            text: "failed to build dependency graph: duplicate package: a"),
        RefusedBuild(
            body: #"{"configs":["package: {name: a}","package: {name: a}"],"mode":"flat"}"#,
            text: "failed to build dependency graph: duplicate package: a"),
        RefusedBuild(
            body: #"{"config_yaml":"package: {name: a}\nenvironment: {contents: {packages: [a]}}\n"}"#,
            text: "dependency error: cycle detected in dependency graph: [a a]"),
        RefusedBuild(
            body: #"{"config_yaml":"package: {name: a}","arch":"vax"}"#,
            text: #"unknown architecture "vax": known are x86_64, aarch64, armv7, riscv64, noarch"#),
        RefusedBuild(
            body: #"{"config_yaml":"package: {name: a}","pipelines":{"../../etc/x.yaml":""}}"#,
            text: #"failed to parse configs: a: pipelines: expected a relative path without "..", found "../../etc/x.yaml""#),
        RefusedBuild(
            body: #"{"config_yaml":"package: {name: a}","source_files":{"a":{"/etc/x":""}}}"#,
            text: #"failed to parse configs: a: source_files: expected a relative path without "..", found "/etc/x""#),
        RefusedBuild(
            body: #"{"config_yaml":"package: {name: a}","backend_selector":{"a b":"c"}}"#,
            text: #"failed to parse configs: a: labels: expected key or key=value of letters, digits and . _ / + -, found "a b=c""#),
        RefusedBuild(
            body: #"{"config_yaml":"package: {name: ../a}"}"#,
            text:
                #"failed to parse configs: ../a: name: expected a name of letters, digits and . _ + - @ / that starts with a letter or digit, "#
                + #"without empty, "." or ".." parts, found "../a""#),
    ]
}

@Suite struct MelangeRequestTests {
    /// What a body is refused with by reading it, ordering its packages and making its jobs.
    private func refusal(_ body: String) -> MelangeError? {
        do throws(MelangeError) {
            let request = try MelangeBuildRequest(body: Array(body.utf8))
            guard case .texts(let texts) = request.source else { return nil }
            let set = try MelangePackageSet(configurations: texts, mode: request.options.mode ?? .dag)
            _ = try set.jobs(request.options, usual: .native)
            return nil
        } catch { return error }
    }

    @Test(arguments: RefusedBuild.table) func buildIsRefused(_ build: RefusedBuild) {
        #expect(refusal(build.body) == MelangeError(400, build.text))
    }

    @Test func gitSourceWinsOverTextsAndListOverOne() throws {
        let git = #"{"git_source":{"repository":"https://example.org/x","ref":"v1","path":"pkgs"},"configs":["a"],"config_yaml":"b"}"#
        guard case .git(let source) = try MelangeBuildRequest(body: Array(git.utf8)).source else {
            Issue.record("not the repository")
            return
        }
        #expect(source.repository == "https://example.org/x")
        #expect(source.reference == "v1")
        #expect(source.path == "pkgs")
        #expect(source.nothingFound.text == "failed to load configs from git: no config files found matching pattern *.yaml in pkgs")
        let texts = try MelangeBuildRequest(body: Array(#"{"configs":["a"],"config_yaml":"b"}"#.utf8)).source
        #expect(texts == .texts(["a"]))
        #expect(try MelangeBuildRequest(body: Array(#"{"config_yaml":"b"}"#.utf8)).source == .texts(["b"]))
        #expect(throws: MelangeError(400, "no configs provided")) { try MelangePackageSet(configurations: [], mode: .dag) }
    }

    @Test func documentedJobRequestIsReadWithItsComments() throws {
        let request = try MelangeJobRequest(body: Array(try fixture("melange/job-request.json").utf8))
        #expect(request.configuration == "package:\n  name: hello\n  version: 1.0.0\n...")
        #expect(request.architecture == "aarch64")
        #expect(!request.withTest)
        #expect(request.debug)
        let job = try request.job(usual: .native, id: "abc12345")
        #expect(job.identity == JobIdentity(name: "hello", architecture: try #require(Architecture("aarch64"))))
        #expect(job.version == "1.0.0")
    }

    @Test func commentsInsideOfStringsAreText() throws {
        let request = try MelangeJobRequest(body: Array((#"{"config_yaml": "a # b \" # c" # d"# + "\n}").utf8))
        #expect(request.configuration == ##"a # b " # c"##)
    }

    @Test(arguments: [
        ("", "invalid request body: EOF"), ("{}", "config_yaml is required"), (#"{"config_yaml":""}"#, "config_yaml is required"),
        (#"{"config_yaml":1}"#, "invalid request body: config_yaml: expected a string, found a number"),
        (#"{"config_yaml":"","debug":1}"#, "invalid request body: debug: expected true or false, found a number"),
    ]) func jobIsRefused(_ body: String, _ text: String) {
        #expect(throws: MelangeError(400, text)) { try MelangeJobRequest(body: Array(body.utf8)) }
    }

    @Test(arguments: ["no: [yaml", "package: {name: a/../b}", "package: {version: 1}", "- list"])
    func jobWithAnUnusableConfigurationIsTakenUnderItsID(_ text: String) throws {
        let body = JSONValue.object(["config_yaml": .string(text)]).text
        let job = try MelangeJobRequest(body: Array(body.utf8)).job(usual: .native, id: "abc12345")
        #expect(job.identity.name == "abc12345")
        #expect(job.document["config"]?.string == text)
    }

    @Test func jobThatCannotBeKeptIsRefused() throws {
        let request = try MelangeJobRequest(body: Array(#"{"config_yaml":"a\u0000b"}"#.utf8))
        let error = MelangeError(400, "invalid config_yaml: config: a NUL character is not allowed")
        #expect(throws: error) { try request.job(usual: .native, id: "abc12345") }
    }

    @Test func errorsAreLinesOfPlainText() {
        #expect(MelangeError.methodNotAllowed.body == Array("method not allowed\n".utf8))
        #expect(MelangeError.contentType == "text/plain; charset=utf-8")
        let table: [(MelangeError, Int, String)] = [
            (.methodNotAllowed, 405, "method not allowed"), (.bodyTooLarge, 413, "request body too large (max 10MB)"),
            (.jobIDRequired, 400, "job ID required"), (.buildIDRequired, 400, "build ID required"),
            (.jobNotFound("x"), 404, "job not found: x"), (.buildNotFound("x"), 404, "build not found: x"),
            (.creatingJob(FarmError(.inputOutput, "disk")), 500, "failed to create job: disk"),
            (.creatingBuild(FarmError(.temporary, "full")), 503, "failed to create build: full"),
            (.creatingBuild(FarmError(.badInput, "key")), 400, "failed to create build: key"),
            (MelangeError(Problem(405, "x", "y")), 405, "method not allowed"),
            (MelangeError(Problem(413, "x", "y")), 413, "request body too large (max 10MB)"),
            (MelangeError(Problem(401, "x", "no key")), 401, "no key"),
            (.loadingConfigs("no"), 400, "failed to load configs from git: no"),
            (.backendExists("tcp://a:1"), 409, "backend with addr tcp://a:1 already exists"),
            (.backendNotFound("tcp://a:1"), 404, "backend with addr tcp://a:1 not found"),
            (.lastBackend, 400, "cannot remove the last backend"),
        ]
        for (error, status, text) in table { #expect(error == MelangeError(status, text)) }
    }
}
