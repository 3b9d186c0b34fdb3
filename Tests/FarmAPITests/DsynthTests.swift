import FarmAPI
import FarmModel
import Testing

private let documentedBuild = "550e8400-e29b-41d4-a716-446655440000"

private func time(_ text: String) throws -> Int64 { try #require(Timestamp.parse(text)) }

/// `data` of a documented answer.
private func documentedData(_ name: String) throws -> JSONValue {
    try #require(try JSONValue(json: try fixture("dsynth/\(name).json"))["data"])
}

@Suite struct DsynthTests {
    private func meta() throws -> DsynthMeta {
        DsynthMeta(timeMilliseconds: try time("2025-01-15T10:32:45Z"), requestID: "req-abc-123")
    }

    @Test func documentedEnvelopesAreAnswered() throws {
        let documented = try fixture("dsynth/envelope.json").replacing("// Response data here", with: "")
        #expect(.object(DsynthEnvelope.success([:], try meta())) == (try JSONValue(json: documented)))
        let error = try JSONValue(json: try fixture("dsynth/error.json"))
        #expect(.object(DsynthEnvelope.failure(.buildNotFound("abc-123"), try meta())) == error)
    }

    @Test(arguments: [
        (DsynthError.Code.buildNotFound, "BUILD_NOT_FOUND", 404), (.packageNotFound, "PACKAGE_NOT_FOUND", 404),
        (.workerNotFound, "WORKER_NOT_FOUND", 404), (.queueEntryNotFound, "QUEUE_ENTRY_NOT_FOUND", 404),
        (.profileNotFound, "PROFILE_NOT_FOUND", 404), (.artifactNotFound, "ARTIFACT_NOT_FOUND", 404), (.notFound, "NOT_FOUND", 404),
        (.invalidRequest, "INVALID_REQUEST", 400), (.tooLarge, "REQUEST_TOO_LARGE", 413), (.unauthorized, "UNAUTHORIZED", 401),
        (.forbidden, "FORBIDDEN", 403), (.conflict, "CONFLICT", 409), (.methodNotAllowed, "METHOD_NOT_ALLOWED", 405),
        (.rateLimited, "RATE_LIMITED", 429), (.unavailable, "UNAVAILABLE", 503), (.internalError, "INTERNAL_ERROR", 500),
    ]) func codesHaveTheirStatus(_ code: DsynthError.Code, _ word: String, _ status: Int) {
        #expect(code.rawValue == word)
        #expect(code.status == status)
    }

    @Test func everyCodeIsInTheTable() { #expect(DsynthError.Code.allCases.count == 16) }

    @Test(arguments: [
        (401, DsynthError.Code.unauthorized), (403, .forbidden), (404, .notFound), (405, .methodNotAllowed), (409, .conflict),
        (413, .tooLarge), (422, .invalidRequest), (429, .rateLimited), (503, .unavailable), (507, .internalError),
    ])
    func problemsHaveCodes(_ status: Int, _ code: DsynthError.Code) {
        let error = DsynthError(Problem(status, "x", "why", retryAfterSeconds: status == 429 ? 3 : nil))
        #expect(error.code == code)
        #expect(error.message == "why")
        #expect(error.details["retry_after_s"]?.int == (status == 429 ? 3 : nil))
    }

    @Test(
        arguments: [
            (0, "0s"), (-5, "0s"), (350, "350ms"), (42_900, "42s"), (60_000, "1m"), (225_000, "3m45s"), (323_000, "5m23s"),
            (930_000, "15m30s"),
            (2_723_000, "45m23s"), (7_200_000, "2h"), (342_720_000, "95h12m"),
        ] as [(Int64, String)]) func durationsAreCompact(_ milliseconds: Int64, _ text: String)
    {
        #expect(DsynthDuration.text(milliseconds: milliseconds) == text)
    }

    @Test func documentedBuildRequestsAreRead() throws {
        let request = try DsynthBuildRequest(body: Array(try fixture("dsynth/build-request.json").utf8))
        #expect(request.packages == ["editors/vim", "devel/git"])
        #expect(request.profile == "LiveSystem")
        #expect(!request.isForced)
        #expect(DsynthBuildRequest(stored: request.stored) == request)
        let short = try DsynthBuildRequest(body: Array(try fixture("dsynth/build-request-ci.json").utf8))
        #expect(short.packages == ["editors/vim"])
        #expect(short.profile == "Release")
    }

    @Test func documentedCreationIsAnswered() throws {
        let answer = DsynthBuild.created(id: documentedBuild, queued: 16, estimateMilliseconds: 930_000)
        #expect(.object(answer) == (try documentedData("build-created")))
        #expect(DsynthBuild.created(id: "x", queued: 1, estimateMilliseconds: nil)["estimated_duration"] == nil)
    }

    @Test(arguments: [
        ("", "Invalid JSON: EOF"), ("{}", "At least one package required"), (#"{"packages":[]}"#, "At least one package required"),
        (#"{"packages":"vim"}"#, "Invalid JSON: packages: expected a list of strings, found a string"),
        (#"{"packages":["a",2]}"#, "Invalid JSON: packages: expected a string, found a number"),
        (#"{"packages":["../vim"]}"#, #"Failed to parse packages: "../vim" is not the name of a package"#),
        (#"{"packages":[""]}"#, #"Failed to parse packages: "" is not the name of a package"#),
        (#"{"packages":["a"],"force":1}"#, "Invalid JSON: force: expected true or false, found a number"),
        (
            #"{"packages":["a"],"profile":"a/b"}"#,
            "profile: expected a name of letters, digits and . _ - that starts with a letter or digit"
        ),
    ]) func buildIsRefused(_ body: String, _ message: String) {
        #expect(throws: DsynthError(.invalidRequest, message)) { try DsynthBuildRequest(body: Array(body.utf8)) }
    }

    @Test func documentedPackageIsAnswered() throws {
        var package = DsynthPackage(portdir: "editors/vim")
        package.version = "9.1.1199"
        package.packageFile = "vim-9.1.1199.pkg"
        package.lastBuild = DsynthPackage.Build(
            status: "success", timeMilliseconds: try time("2025-01-15T10:30:00Z"), durationMilliseconds: 323_000)
        package.buildNeeds = ["devel/pkgconf", "devel/gettext-tools"]
        package.runNeeds = ["devel/ncurses"]
        #expect(.object(package.json) == (try documentedData("package")))
        #expect(package.deps["dependencies"] == package.json["dependencies"])
        #expect(DsynthPackage.list([package], next: nil)["packages"]?.array?.first?["dependencies"] == nil)
        #expect(JSONValue.object(DsynthPackage.status(of: "a", nil, phase: nil)).text == #"{"portdir":"a","status":"unknown"}"#)
    }

    @Test(arguments: [
        ("editors/vim", [DsynthPackagePath(portdir: "editors/vim")]),
        ("editors/vim/deps", [DsynthPackagePath(portdir: "editors/vim", part: .deps), DsynthPackagePath(portdir: "editors/vim/deps")]),
        (
            "editors/vim@gtk3/history",
            [
                DsynthPackagePath(portdir: "editors/vim@gtk3", part: .history), DsynthPackagePath(portdir: "editors/vim@gtk3/history"),
            ]
        ),
        ("misc/status", [DsynthPackagePath(portdir: "misc/status"), DsynthPackagePath(portdir: "misc", part: .status)]),
        ("status", [DsynthPackagePath(portdir: "status")]), ("lib", [DsynthPackagePath(portdir: "lib")]),
        (
            "misc/status/status",
            [
                DsynthPackagePath(portdir: "misc/status", part: .status), DsynthPackagePath(portdir: "misc/status/status"),
            ]
        ), ("", []), ("/", []), ("editors//vim", []), ("editors/../etc", []), ("editors/vim/", []), ("a b", []),
    ]) func packagePathsAreRead(_ remainder: String, _ readings: [DsynthPackagePath]) {
        #expect(DsynthPackagePath.readings(of: remainder) == readings)
    }

    @Test func documentedWorkersAreAnswered() throws {
        let runner = RunnerRecord(
            id: RunnerID(1), pid: 1, host: "farm", slots: 4, state: "active", paused: nil, startedMilliseconds: 0, running: 2)
        var board = DsynthWorkerBoard([runner])
        for attempt in 1...3 { #expect(board.take(AttemptID(Int64(attempt)), of: runner.id) == attempt - 1) }
        #expect(board.free(AttemptID(2)) == 1)
        #expect(board.busy == 2)
        let vim = DsynthWorker.Work(
            attempt: AttemptID(1), job: JobID(1), package: "editors/vim", build: documentedBuild, phase: "build",
            startedMilliseconds: try time("2025-01-15T10:25:00Z"))
        let git = DsynthWorker.Work(
            attempt: AttemptID(3), job: JobID(3), package: "devel/git", build: documentedBuild, phase: "configure",
            startedMilliseconds: try time("2025-01-15T10:28:00Z"))
        let workers = [vim, nil, git, nil].enumerated().map {
            DsynthWorker(id: $0.offset, runner: runner.id, host: "farm", isPaused: false, work: $0.element)
        }
        // The document shows three of its four workers.
        var answer = DsynthWorker.list(workers)
        answer["workers"] = answer["workers"]?.array.map { .array(Array($0.prefix(3))) }
        #expect(.object(answer) == (try documentedData("workers")))
        #expect(workers[0].detail["build_id"] == .string(documentedBuild))
    }

    @Test func workersAreThePlacesOfRunners() {
        func runner(_ number: Int64, _ slots: Int, paused: JSONObject? = nil) -> RunnerRecord {
            RunnerRecord(
                id: RunnerID(number), pid: 1, host: "h\(number)", slots: slots, state: "active", paused: paused, startedMilliseconds: 0,
                running: 0)
        }
        func work(_ number: Int64) -> DsynthWorker.Work {
            DsynthWorker.Work(attempt: AttemptID(number), job: JobID(number), package: "p\(number)", build: "b", startedMilliseconds: 0)
        }
        let runners = [runner(9, 2, paused: [:]), runner(3, 2)]
        var all = DsynthWorkerBoard([])
        let workers = all.workers(
            runners, running: [(RunnerID(9), work(5)), (RunnerID(3), work(8)), (RunnerID(3), work(7)), (RunnerID(4), work(1))])
        #expect(workers.map(\.host) == ["h3", "h3", "h9", "h9"])
        #expect(workers.map(\.work?.package) == ["p7", "p8", "p5", nil])
        #expect(workers.map(\.status) == ["busy", "busy", "busy", "paused"])
        // What still runs keeps its place when what was before it has ended.
        for _ in 0..<2 {
            #expect(all.workers(runners, running: [(RunnerID(3), work(8))]).map(\.work?.package) == [nil, "p8", nil, nil])
        }
        var board = DsynthWorkerBoard(runners)
        #expect(board.take(AttemptID(5), of: RunnerID(9)) == 2)
        #expect(board.take(AttemptID(5), of: RunnerID(9)) == 2)
        #expect(board.take(AttemptID(6), of: RunnerID(4)) == nil)
        board.update([runner(9, 2)])
        #expect(board.total == 2)
        #expect(board.free(AttemptID(5)) == 0)
        #expect(board.free(AttemptID(5)) == nil)
    }

    @Test func documentedStatisticsAreAnswered() throws {
        var statistics = DsynthStatistics()
        (statistics.successful, statistics.failed) = (1487, 36)
        statistics.totalMilliseconds = (95 * 60 + 12) * 60_000
        statistics.perHour = 16.2
        statistics.busiestWorker = 2
        statistics.slowest = DsynthStatistics.Slow(portdir: "lang/rust", averageMilliseconds: 2_723_000)
        #expect(.object(statistics.json) == (try documentedData("stats")))
        #expect(statistics.json("date", "2025-01-15").members.first?.key == "date")
        #expect(DsynthStatistics().json["success_rate"]?.number == 0)
    }

    @Test func documentedLogStreamIsAnswered() throws {
        let events = try fixture("dsynth/log-stream.txt").split(separator: "\n").map { String($0.dropFirst("data: ".count)) }
        let lines = ["===>  Configuring for vim-9.1.1199", "checking for gcc... cc", "checking whether cc accepts -g... yes"]
        #expect(events.count == 3)
        for (index, line) in lines.enumerated() {
            let message = DsynthMessage.streamedLine(line, at: try time("2025-01-15T10:30:0\(index + 1)Z"))
            #expect(.object(message) == (try JSONValue(json: events[index])))
        }
    }

    @Test func buildsAreListedAndShown() throws {
        let request = try DsynthBuildRequest(body: Array(#"{"packages":["editors/vim"],"force":true}"#.utf8))
        var build = BuildRecord(
            id: BuildID(1), tally: BuildTally(success: 1, failed: 1, skipped: 1), priority: 0,
            createdMilliseconds: try time("2025-01-15T10:30:00Z"))
        build.startedMilliseconds = build.createdMilliseconds + 1000
        build.endedMilliseconds = build.createdMilliseconds + 324_000
        let shown = DsynthBuild(id: documentedBuild, build: build, request: request)
        let stats = #"{"total":3,"queued":0,"running":0,"success":1,"failed":1,"skipped":1,"cancelled":0}"#
        let summary =
            #"{"build_id":"\#(documentedBuild)","status":"failed","profile":"default","packages":["editors/vim"],"force":true,"#
            + #""created_at":"2025-01-15T10:30:00Z","start_time":"2025-01-15T10:30:01Z","end_time":"2025-01-15T10:35:24Z","#
            + #""duration":"5m23s","stats":\#(stats)}"#
        #expect(JSONValue.object(shown.summary).text == summary)
        var failed = JobRecord(id: JobID(1), build: build.id, identity: JobIdentity(name: "devel/git", architecture: .native))
        (failed.state, failed.attempts, failed.message) = (.failed, 1, "phase build: exit 1")
        var skipped = JobRecord(id: JobID(2), build: build.id, identity: JobIdentity(name: "editors/vim", architecture: .native))
        (skipped.state, skipped.via) = (.skipped, JobID(1))
        let results = try #require(shown.detail([failed, skipped])["results"]?.array)
        #expect(results.map { $0["error"] } == ["phase build: exit 1", "dependency devel/git failed"])
        #expect(results.map { $0["status"] } == ["failed", "skipped"])
        #expect(results[0]["log"] == .string("/api/v1/native/jobs/\(JobID(1))/log"))
        #expect(DsynthBuild.list([shown], next: "x")["next"] == "x")
    }

    @Test(arguments: [
        (#"{"Directory_packages":"/x"}"#, DsynthError.Code.forbidden), (#"{"database_path":"/x"}"#, .forbidden),
        (#"{"hook_command":"rm"}"#, .forbidden), (#"{"Number_of_builders":3}"#, .forbidden), (#"{"colour":1}"#, .invalidRequest),
        (#"{"priority":1001}"#, .invalidRequest), (#"{"priority":"high"}"#, .invalidRequest), (#"{"labels":["a b"]}"#, .invalidRequest),
        (#"{"profile_selected":"../x"}"#, .invalidRequest), (#"{"force":true,"Force":false}"#, .invalidRequest),
        (#"{"name":"x"}"#, .invalidRequest), ("[]", .invalidRequest),
    ]) func configurationKeepsWhatIsNotOnTheList(_ body: String, _ code: DsynthError.Code) throws {
        let error = #expect(throws: DsynthError.self) { try DsynthConfigurationChange(body: Array(body.utf8)) }
        #expect(error?.code == code)
    }

    @Test func configurationChangesTheSelectedProfile() throws {
        let change = try DsynthConfigurationChange(body: Array(#"{"Profile_selected":"Release","priority":5,"labels":["ci=1"]}"#.utf8))
        #expect(change.selected == "Release")
        #expect(change.changesProfile)
        var profile = DsynthProfile(name: "Release", stored: ["force": true])
        change.apply(to: &profile)
        #expect(JSONValue.object(profile.json).text == #"{"name":"Release","priority":5,"labels":["ci=1"],"force":true}"#)
        #expect(DsynthProfile(name: "Release", stored: profile.settings) == profile)
        let answer = DsynthConfigurationChange.configuration(selected: profile, profiles: ["Release"], workers: 4)
        #expect(answer["number_of_builders"] == 4)
        #expect(try DsynthProfile(body: Array(#"{"name":"Night","force":true}"#.utf8)).isForced)
        #expect(throws: DsynthError.self) { try DsynthProfile(body: Array(#"{"force":true}"#.utf8)) }
        #expect(throws: DsynthError.self) { try DsynthProfile(body: Array(#"{"name":"a","Directory_logs":"/x"}"#.utf8)) }
    }

    @Test func exportIsBlocksOfLines() throws {
        var entry = DsynthDatabaseEntry(portdir: "editors/vim")
        entry.digest = Digest.of([])
        entry.version = "9.1"
        entry.bytes = 12
        entry.builtMilliseconds = try time("2025-01-15T10:30:00Z")
        entry.durationMilliseconds = 323_000
        let text = DsynthDatabaseEntry.export([entry, DsynthDatabaseEntry(portdir: "b")], at: try time("2025-01-16T00:00:00Z"))
        #expect(text == (try fixture("dsynth/export.txt")))
    }

    @Test func queueIsNumbered() throws {
        let job = JobRecord(id: JobID(5), build: BuildID(1), identity: JobIdentity(name: "editors/vim", architecture: .native))
        let entry = DsynthQueueEntry(
            job: job, build: documentedBuild, queuedMilliseconds: try time("2025-01-15T10:30:00Z"), reason: "dependency")
        let text =
            #"{"queue":[{"id":"\#(JobID(5))","position":1,"portdir":"editors/vim","build_id":"\#(documentedBuild)","status":"queued","#
            + #""reason":"dependency","queued_at":"2025-01-15T10:30:00Z"}],"total":7}"#
        #expect(JSONValue.object(DsynthQueueEntry.list([entry], total: 7)).text == text)
    }

    @Test func statusTellsWhatTheFarmDoes() {
        func status(_ queued: Int, _ running: Int, isPaused: Bool = false) -> JSONObject {
            DsynthStatus(
                activeBuilds: 1, queued: queued, running: running, workers: (4, running), isPaused: isPaused, uptimeMilliseconds: 60_000,
                loadAverage: [2.5, 2.3, 2.1]
            ).json
        }
        #expect(
            [status(0, 0), status(2, 0), status(0, 1), status(0, 1, isPaused: true)].map { $0["state"] } == [
                "idle", "waiting", "building", "paused",
            ])
        #expect(status(2, 1)["workers"]?.text == #"{"total":4,"busy":1,"idle":3}"#)
    }
}
