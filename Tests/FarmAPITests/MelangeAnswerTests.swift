import FarmAPI
import FarmModel
import Testing

@Suite struct MelangeAnswerTests {
    private static let start: Int64 = 1_735_689_600_000

    private func job(_ number: Int64, _ name: String, _ state: JobState) -> JobRecord {
        var job = JobRecord(id: JobID(number), build: BuildID(1), identity: JobIdentity(name: name, architecture: .native))
        job.state = state
        return job
    }

    private func ended(_ number: Int64, _ name: String, _ state: JobState, _ message: String? = nil) -> JobRecord {
        var job = job(number, name, state)
        job.attempts = 1
        job.startedMilliseconds = Self.start + 1000
        job.endedMilliseconds = Self.start + 30_000
        job.message = message
        return job
    }

    @Test func documentedJobIsAnswered() throws {
        let body = #"{"config_yaml":"package: <&>","arch":"aarch64","debug":true}"#
        let request = try MelangeJobRequest(body: Array(body.utf8))
        let answer = MelangeJobAnswer(
            id: "abc12345", job: ended(7, "hello", .success), createdMilliseconds: Self.start, request: request)
        let spec = #"{"config_yaml":"package: <&>","arch":"aarch64","debug":true}"#
        let paths = (log: "/var/lib/melange/output/abc12345/logs/build.log", output: "/var/lib/melange/output/abc12345")
        let documented = try fixture("melange/job.json").replacing("{...}", with: spec)
            .replacing(paths.log, with: "/api/v1/native/jobs/\(JobID(7))/log")
            .replacing(paths.output, with: "/api/v1/native/jobs/\(JobID(7))/artifacts")
        #expect(answer.json == (try JSONValue(json: documented)))
        #expect(goText(answer.json).contains(#"package: \u003c\u0026\u003e""#))
        #expect(goText(answer.json).hasSuffix("}\n"))
        #expect(MelangeJobRequest(stored: request.stored) == request)
    }

    @Test func documentedCreationIsAnswered() throws {
        #expect(MelangeJobAnswer.created(id: "abc12345") == (try JSONValue(json: try fixture("melange/job-created.json"))))
        #expect(goText(MelangeJobAnswer.created(id: "abc12345")) == "{\"id\":\"abc12345\"}\n")
        let created = MelangeBuildAnswer.created(id: "bld-0011aabb", packages: ["a", "b"])
        #expect(goText(created) == "{\"id\":\"bld-0011aabb\",\"packages\":[\"a\",\"b\"]}\n")
    }

    @Test func runningJobShowsNothingOfItsEnd() throws {
        var job = job(7, "hello", .running)
        job.attempts = 1
        job.startedMilliseconds = Self.start + 1500
        let request = try MelangeJobRequest(body: Array(#"{"config_yaml":"x"}"#.utf8))
        let answer = MelangeJobAnswer(id: "abc12345", job: job, createdMilliseconds: Self.start + 120, request: request)
        let text = #"{"id":"abc12345","status":"running","spec":{"config_yaml":"x"},"created_at":"2025-01-01T00:00:00.12Z","#
        #expect(goText(answer.json) == text + "\"started_at\":\"2025-01-01T00:00:01.5Z\"}\n")
    }

    @Test func buildShowsItsPackagesInEveryState() throws {
        let texts = [
            configuration("d", ["c"]), configuration("c", ["b", "busybox"]), configuration("b"), configuration("a"), configuration("e"),
        ]
        let escaped = texts.map { JSONValue.string($0).text }
        let body = #"{"configs":[\#(escaped.joined(separator: ","))],"pipelines":{"p.yaml":"x"},"env":{"TOKEN":"secret"},"arch":"x86_64"}"#
        let request = try MelangeBuildRequest(body: Array(body.utf8))
        let set = try MelangePackageSet(configurations: texts, mode: .dag)
        let data = MelangeBuildData(stored: MelangeBuildData(request, set).stored)

        var skipped = job(4, "c", .skipped)
        (skipped.root, skipped.via) = (JobID(2), JobID(2))
        skipped.endedMilliseconds = Self.start + 30_000
        var further = job(5, "d", .skipped)
        (further.root, further.via) = (JobID(2), JobID(4))
        let jobs = [
            ended(1, "a", .success), ended(2, "b", .failed, "phase build: exit 1"), skipped, further, ended(3, "e", .cancelled),
        ]
        var build = BuildRecord(
            id: BuildID(1), tally: BuildTally(success: 1, failed: 1, skipped: 2, cancelled: 1), priority: 0,
            createdMilliseconds: Self.start)
        build.startedMilliseconds = Self.start + 1000
        build.endedMilliseconds = Self.start + 30_000
        let backend = MelangeBackend(address: "tcp://b:1", architecture: "x86_64", labels: ["tier": "a"])
        let answer = MelangeBuildAnswer(id: "bld-0011aabb", build: build, jobs: jobs, data: data, backends: [JobID(1): backend])

        #expect(answer.json["status"] == "partial")
        #expect(answer.json.object?.members.map(\.key) == ["id", "status", "packages", "spec", "created_at", "started_at", "finished_at"])
        #expect(answer.json["spec"]?["configs"]?.array == texts.map(JSONValue.string))
        #expect(answer.json["spec"]?["env"] == .object(["TOKEN": "***"]))
        #expect(!goText(answer.json).contains("secret"))
        let packages = try #require(answer.json["packages"]?.array)
        #expect(packages.map { $0["status"] } == ["success", "failed", "skipped", "skipped", "failed"])
        #expect(packages.map { $0["error"] } == [nil, "phase build: exit 1", "dependency b failed", "dependency c failed", "cancelled"])
        #expect(packages.map { $0["dependencies"]?.text } == ["[]", "[]", #"["b","busybox"]"#, #"["c"]"#, "[]"])
        #expect(
            packages[0].object?.members.map(\.key) == [
                "name", "status", "config_yaml", "dependencies", "started_at", "finished_at", "log_path", "output_path", "backend",
                "pipelines",
            ])
        #expect(packages[2].object?.members.map(\.key) == ["name", "status", "config_yaml", "dependencies", "error", "pipelines"])
        #expect(packages[1]["log_path"] == .string("/api/v1/native/jobs/\(JobID(2))/log"))
        #expect(packages[0]["config_yaml"] == .string(configuration("a")))
    }

    @Test(arguments: [
        (BuildTally(pending: 2), "pending"), (BuildTally(pending: 1, running: 1), "running"),
        (BuildTally(pending: 1, success: 1), "running"),
        (BuildTally(success: 2), "success"), (BuildTally(success: 1, failed: 1), "partial"), (BuildTally(failed: 2), "failed"),
        (BuildTally(failed: 1, skipped: 1), "failed"), (BuildTally(success: 1, failed: 1, skipped: 1), "partial"),
        (BuildTally(cancelled: 2), "failed"), (BuildTally(success: 1, cancelled: 1), "partial"),
    ]) func buildStatusFollowsTheCounts(_ tally: BuildTally, _ status: String) throws {
        let request = try MelangeBuildRequest(body: Array(#"{"config_yaml":"package: {name: a}"}"#.utf8))
        let set = try MelangePackageSet(configurations: [configuration("a")], mode: .dag)
        let build = BuildRecord(id: BuildID(1), tally: tally, priority: 0, createdMilliseconds: 0)
        let answer = MelangeBuildAnswer(id: "bld-0011aabb", build: build, jobs: [], data: MelangeBuildData(request, set))
        #expect(answer.json["status"] == .string(status))
    }

    @Test func gitBuildShowsItsRepository() throws {
        let body = #"{"git_source":{"repository":"https://example.org/x","pattern":"a*.yaml"},"backend_selector":{"b":"2","a":"1"}}"#
        let request = try MelangeBuildRequest(body: Array(body.utf8))
        let set = try MelangePackageSet(configurations: [configuration("a")], mode: .dag)
        let data = MelangeBuildData(stored: MelangeBuildData(request, set).stored)
        let build = BuildRecord(id: BuildID(1), tally: BuildTally(pending: 1), priority: 0, createdMilliseconds: 0)
        let answer = MelangeBuildAnswer(id: "bld-0011aabb", build: build, jobs: [job(1, "a", .pending)], data: data)
        let spec = #"{"git_source":{"repository":"https://example.org/x","pattern":"a*.yaml"},"backend_selector":{"a":"1","b":"2"}}"#
        #expect(answer.json["spec"]?.text == spec)
        #expect(answer.json["packages"]?.array?.first?["config_yaml"] == .string(configuration("a")))
    }

    @Test func backendsAreListedWithTheArchitecturesOfAll() {
        let backends = [
            MelangeBackend(address: "tcp://a:1", architecture: "x86_64", labels: ["tier": "standard"], maxJobs: 4),
            MelangeBackend(address: "tcp://b:1", architecture: "aarch64"),
            MelangeBackend(address: "tcp://c:1", architecture: "x86_64"),
        ]
        let arm = #"{"architectures":["x86_64","aarch64"],"backends":[{"addr":"tcp://b:1","arch":"aarch64"}]}"#
        #expect(MelangeBackend.list(backends, architecture: "aarch64").text == arm)
        #expect(MelangeBackend.list(backends, architecture: "vax")["backends"]?.text == "[]")
        let all = MelangeBackend.list(backends, architecture: nil)["backends"]?.array
        #expect(all?.count == 3)
        #expect(all?.first?.text == #"{"addr":"tcp://a:1","arch":"x86_64","labels":{"tier":"standard"},"maxJobs":4}"#)
        let never = MelangeBackendStatus(backends[1])
        let text =
            #"{"addr":"tcp://b:1","arch":"aarch64","activeJobs":0,"failures":0,"circuitOpen":false,"lastFailure":"0001-01-01T00:00:00Z"}"#
        #expect(MelangeBackendStatus.list([never]).text == #"{"backends":[\#(text)]}"#)
    }

    @Test(arguments: [
        ("", "invalid request body: EOF"), ("{}", "addr is required"), (#"{"addr":"tcp://a:1"}"#, "arch is required"),
        (#"{"addr":1}"#, "invalid request body: addr: expected a string, found a number"),
        (#"{"addr":"a","arch":"x86_64","maxJobs":-1}"#, "invalid request body: maxJobs: expected 0 to 10000"),
    ]) func backendIsRefused(_ body: String, _ text: String) {
        #expect(throws: MelangeError(400, text)) { try MelangeBackend(body: Array(body.utf8)) }
    }

    @Test func backendIsReadAndRemovedByItsAddress() throws {
        let body = #"{"addr":"tcp://a:1","arch":"x86_64","labels":{"b":"2","a":"1"},"maxJobs":3}"#
        let backend = try MelangeBackend(body: Array(body.utf8))
        #expect(JSONValue.object(backend.json).text == #"{"addr":"tcp://a:1","arch":"x86_64","labels":{"a":"1","b":"2"},"maxJobs":3}"#)
        #expect(try MelangeBackend.address(ofRemoval: Array(#"{"addr":"tcp://a:1"}"#.utf8)) == "tcp://a:1")
        #expect(throws: MelangeError(400, "addr is required")) { try MelangeBackend.address(ofRemoval: Array("{}".utf8)) }
    }
}
