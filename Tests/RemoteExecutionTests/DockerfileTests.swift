import Execution
import FarmModel
import HostSystem
import Testing

@testable import BuildKitClient
@testable import RemoteExecution

@Suite struct VertexLogTests {
    private func step(
        _ digest: String, _ name: String = "a step", started: Bool = true, ended: Bool = false, cached: Bool = false, error: String? = nil
    ) -> BuildEvent {
        .step(BuildEvent.Step(digest: digest, name: name, isCached: cached, hasStarted: started, hasEnded: ended, error: error))
    }

    private func text(_ events: [(BuildEvent, Int64)], _ log: inout VertexLog) -> String {
        String(decoding: events.flatMap { log.take($0.0, now: $0.1) } + log.finish(), as: UTF8.self)
    }

    private func log(_ digest: String, _ text: String) -> BuildEvent { .log(step: digest, bytes: Array(text.utf8)) }

    @Test func linesBearTheNumbersOfTheirSteps() {
        var log = VertexLog()
        let events: [(BuildEvent, Int64)] = [
            (step("a", "[1/2] RUN a\nb", started: false), 0), (step("a", "[1/2] RUN a\nb"), 1_000), (step("b"), 1_000),
            (self.log("a", "one\ntw"), 1_000), (self.log("b", "other\n"), 1_000), (self.log("a", "o\n\nrest"), 1_000),
            (step("a", ended: true), 3_450), (step("a", ended: true), 9_000), (step("c", ended: true, cached: true), 9_000),
            (step("b", ended: true, error: "exit code: 1"), 9_000), (.warning("take care"), 9_000), (self.log("unknown", "x\n"), 9_000),
        ]
        let expected = """
            #1 [1/2] RUN a b
            #2 a step
            #1 one
            #2 other
            #1 two
            #1\u{20}
            #1 rest
            #1 DONE 2.4s
            #3 a step
            #3 CACHED
            #2 ERROR: exit code: 1
            warning: take care

            """
        #expect(text(events, &log) == expected)
        #expect(!log.isClipped)
    }

    @Test(arguments: ["2MiB", "200KiB/s"]) func whatADaemonLeavesOutIsMarkedInPlace(_ limit: String) {
        var log = VertexLog()
        let events = [
            (step("a"), Int64(0)), (self.log("a", "begin\n[output clip"), 0), (self.log("a", "ped, log limit \(limit) reached]\n"), 0),
        ]
        #expect(text(events, &log) == "#1 a step\n#1 begin\n#1 [output clipped, log limit \(limit) reached]\n")
        #expect(log.isClipped)
    }

    @Test func aMarkWithinALineIsNone() {
        var log = VertexLog()
        _ = text([(step("a"), 0), (self.log("a", "say [output clipped, log limit 2MiB reached]\n"), 0)], &log)
        #expect(!log.isClipped)
    }

    @Test func aLineWithoutEndIsBroken() {
        var log = VertexLog()
        let all = text([(step("a"), 0)] + (0..<5).map { _ in (self.log("a", String(repeating: "x", count: 10_000)), 0) }, &log)
        #expect(all.split(separator: "\n").count == 4)
        #expect(all.count { $0 == "x" } == 50_000)
    }
}

@Suite struct ExportLoginsTests {
    private func request(_ exports: [(image: String, secret: String?)], _ secrets: [String: String]) -> ExecutionRequest {
        var plan = Plan(environment: .host, architecture: .native, phases: [])
        plan.exports = exports.map { export in
            var wanted = ImageExport(image: export.image)
            wanted.pushes = true
            wanted.credentials = export.secret
            return wanted
        }
        var request = ExecutionRequest(plan: plan, workspace: Workspace(path: "/w"))
        request.credentials = secrets.mapValues { Array($0.utf8) }
        return request
    }

    @Test func aSecretIsANameAndPasswordOrAToken() throws {
        let login = try ExportLogins.login(Array(#"{"username": "u", "password": "p"}"#.utf8), named: "s")
        #expect(login.pair == ("u", "p"))
        #expect(try ExportLogins.login(Array(#"{"identitytoken": "t"}"#.utf8), named: "s").pair == ("", "t"))
    }

    @Test(arguments: ["", "topsecret", #"{"username": "topsecret"}"#, #"["topsecret"]"#])
    func anythingElseIsRefusedWithoutSayingIt(_ text: String) {
        let error = #expect(throws: ExecutionFailure.self) { try ExportLogins.login(Array(text.utf8), named: "s") }
        #expect(error?.failure == .badInput)
        #expect(error?.message.contains("topsecret") == false)
    }

    @Test func theFarmsOwnAreNotForThoseWhoPush() throws {
        let file = "/tmp/bf-logins-\(RandomBytes.hexadecimal(8)).json"
        defer { try? Files.removeFile(file) }
        let entry = #"{"username": "farm", "password": "f"}"#
        try Files.writeAtomically(
            Array("{\"auths\": {\"one.example\": \(entry), \"two.example\": \(entry), \"three.example\": \(entry)}}".utf8), to: file,
            mode: 0o600)
        let request = request(
            [("one.example/a:1", "key"), ("two.example/a:1", nil)], ["key": #"{"username": "u", "password": "p"}"#])
        let logins = try ExportLogins(request, farm: RegistryLogins(file))
        #expect(logins.login(to: "one.example")?.user == "u")
        #expect(logins.login(to: "auth.one.example")?.user == "u")
        #expect(logins.login(to: "two.example") == nil)
        #expect(logins.login(to: "three.example")?.user == "farm")
        #expect(logins.login(to: "xone.example") == nil)
    }
}

@Suite struct DockerfileRulesTests {
    @Test(arguments: [
        ("dockerfile parse error line 3: unknown instruction: X", FailureClass.badInput),
        ("failed to compute cache key: \"/x\" not found: not found", .build), ("pull access denied, repository does not exist", .badInput),
        ("failed to do request: dial tcp 127.0.0.1:1: connect: connection refused", .infrastructure),
        ("write /x: no space left on device", .infrastructure), ("something that nobody foresaw", .build),
    ])
    func whatADaemonSaysHasAClass(_ message: String, _ failure: FailureClass) {
        #expect(ExecutionFailure(dockerfile: BuildKitError(.refused, message)).failure == failure)
        #expect(ExecutionFailure(dockerfile: BuildKitError(.lost, message)).failure == .infrastructure)
    }

    @Test func theVariablesOfTheRunnerSayWhereCachesAre() {
        #expect(CacheRegistry("https://h:5000/c//", mode: "min") == CacheRegistry("h:5000/c", mode: "min"))
        #expect(CacheRegistry("h", mode: nil)?.mode == .max)
        #expect(CacheRegistry("h", mode: "most")?.mode == .max)
        #expect(CacheRegistry("", mode: nil) == nil)
        #expect(CacheRegistry("http://", mode: nil) == nil)
    }

    @Test func namesAreSuchAsRegistriesTake() throws {
        let architecture = try #require(Architecture("x86_64"))
        var request = ExecutionRequest(plan: Plan(architecture: architecture, phases: []), workspace: Workspace(path: "/w"))
        request.run = RunName(farm: "FaRm", attempt: AttemptID(1), runner: RunnerID(1))
        request.jobName = "Libs/z++lib_@1-"
        let names = DockerfileNames(request)
        #expect(names.job == "libs-z-lib-1-x86-64")
        #expect(names.image.hasPrefix("bf-farm/libs-z-lib-1-x86-64:"))
        request.run = RunName(farm: "FaRm", attempt: AttemptID(2), runner: RunnerID(1))
        #expect(DockerfileNames(request) == names)
    }

    @Test func onlyTheFirstBuildExportsTheCache() {
        let build = Build(.dockerfile(DockerfileBuild()), purpose: "x")
        let new = Abilities(version: "v0.26.3", workers: [], isEmbedded: false)
        let old = Abilities(version: nil, workers: [], isEmbedded: true)
        let cache = CacheRegistry("h", mode: nil)
        var builds = DockerfileBuilds(build, cache: cache, name: "n", abilities: new)
        #expect(builds.next().cacheExports.map(\.type) == ["registry"])
        #expect(builds.next().cacheExports.isEmpty)
        #expect(builds.next().cacheImports.map(\.attributes) == [["ref": "h/n"]])
        #expect(builds.inlineCache == nil)
        var inline = DockerfileBuilds(build, cache: cache, name: "n", abilities: old)
        #expect(inline.next().cacheExports.isEmpty)
        #expect(inline.inlineCache?.cacheExports.map(\.type) == ["inline"])
        #expect(DockerfileBuilds(build, cache: nil, name: "n", abilities: old).inlineCache == nil)
    }

    @Test func anImageIsDescribedIfItHasADigest() {
        var summary = ImageSummary()
        #expect(summary.json == nil)
        summary.platforms = [Platform(architecture: "amd64")]
        summary.note(ImageOutcome(response: ["containerimage.digest": "sha256:1"], fallbacks: ["f"]), as: nil)
        summary.note(ImageOutcome(response: [:], fallbacks: ["f"]), as: "h/a:1")
        #expect(
            summary.json.map { JSONValue.object($0).text }
                == #"{"image":"h/a:1","digest":"sha256:1","tags":["h/a:1"],"platforms":["linux/amd64"],"fallbacks":["f"]}"#)
    }
}
