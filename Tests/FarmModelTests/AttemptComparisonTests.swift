import FarmModel
import Testing

@Suite struct AttemptComparisonTests {
    private func attempt(_ number: Int64 = 1, _ change: (inout CompleteAttempt) -> Void = { _ in }) -> CompleteAttempt {
        var record = AttemptRecord(
            id: AttemptID(number), job: JobID(number), build: BuildID(number), number: 1, runner: RunnerID(number), isolation: "sandbox",
            claimedMilliseconds: 0)
        record.state = .success
        record.durationMilliseconds = 60_000
        record.facts = [
            "variables": ["CC": "gcc"], "phase_variables": ["build": ["A": "1"]], "secrets": ["token"],
            "phases": [
                ["name": "build", "duration_ms": 50_000, "exit_code": 0], ["name": "test", "duration_ms": 10_000, "exit_code": 0],
            ],
            "usage": ["peak_memory_bytes": 100_000_000],
        ]
        let job = JobRecord(id: JobID(number), build: BuildID(number), identity: JobIdentity(name: "app", architecture: .native))
        let document: JSONObject = [
            "kind": "spec", "name": "app", "base": .string("/tmp/\(number)"),
            "phases": [["name": "build", "run": "make"], ["name": "test", "run": "make test"]],
            "sources": [["path": "app.c"], ["url": "https://example.org/x.tar"]],
        ]
        var complete = CompleteAttempt(attempt: record, job: job, recipe: "script", document: document, requestedMilliseconds: 0)
        complete.host = "farm1"
        complete.machine = ["kernel": "6.1", "variables": ["HOME": "/state/work/ATTEMPT/home", "TZ": "UTC"]]
        complete.inputs = [
            "plan": "p", "recipe": "script", "revision": 1, "environment": "host:1", "needs": [["lib", "1"], ["zlib", "1"]],
            "sources": ["s1", "s2"],
        ]
        change(&complete)
        return complete
    }

    private func lines(_ change: (inout CompleteAttempt) -> Void) -> [String] {
        AttemptComparison(attempt(1), attempt(2, change)).differences.map {
            "\($0.subject.rawValue) \($0.name): \($0.old?.text ?? "-") \($0.new?.text ?? "-")"
        }
    }

    @Test func equalAttemptsOfDifferentBuildsDoNotDiffer() { #expect(lines { _ in } == []) }

    @Test func howItEndedComesFirst() {
        let differences = lines {
            $0.attempt.state = .failed
            $0.attempt.failure = .build
            $0.attempt.exitCode = 3
            $0.inputs?["environment"] = "host:2"
        }
        #expect(
            differences == [
                #"outcome state: "success" "failed""#, #"outcome class: - "build""#, "outcome exit_code: - 3",
                #"environment root: "host:1" "host:2""#,
            ])
    }

    @Test func aChangedCommandIsOneLine() {
        let differences = lines {
            $0.document["phases"] = [
                ["name": "build", "run": "make"], ["name": "test", "run": "make check"], ["name": "more", "run": "x"],
            ]
        }
        #expect(
            differences == [
                #"document phases.test.run: "make test" "make check""#, #"document phases.more: - {"name":"more","run":"x"}"#,
            ])
    }

    @Test func needsAndSourcesAreNamed() {
        let differences = lines {
            $0.inputs?["needs"] = [["lib", "2"], ["new", "1"]]
            $0.inputs?["sources"] = ["s1", "s3"]
        }
        #expect(
            differences == [
                #"need lib: "1" "2""#, #"need new: - "1""#, #"need zlib: "1" -"#, #"source https://example.org/x.tar: "s2" "s3""#,
            ])
    }

    @Test func aPlanThatBfItselfMadeOtherwiseIsSaid() {
        #expect(lines { $0.inputs?["plan"] = "q" } == [#"recipe plan: "p" "q""#])
        #expect(lines { $0.inputs?["revision"] = 2 } == ["recipe revision: 1 2"])
    }

    @Test func variablesSecretsAndMachine() {
        let differences = lines {
            $0.attempt.facts?["variables"] = ["CC": "clang", "TZ": "CET"]
            $0.attempt.facts?["phase_variables"] = ["build": ["A": "2"]]
            $0.attempt.facts?["secrets"] = ["key"]
            $0.attempt.isolation = "none"
            $0.host = "farm2"
            $0.machine["kernel"] = "6.2"
        }
        #expect(
            differences == [
                #"variable CC: "gcc" "clang""#, #"variable TZ: "UTC" "CET""#, #"variable build: A: "1" "2""#, #"secret key: - "key""#,
                #"secret token: "token" -"#, #"machine host: "farm1" "farm2""#, #"machine isolation: "sandbox" "none""#,
                #"machine kernel: "6.1" "6.2""#,
            ])
    }

    @Test func onlyNotableTimesAndAmountsAreSaid() {
        let differences = lines {
            $0.attempt.durationMilliseconds = 80_000
            $0.attempt.facts?["phases"] = [
                ["name": "build", "duration_ms": 51_000, "exit_code": 0],
                ["name": "test", "duration_ms": 30_000, "exit_code": 1, "class": "build"],
            ]
            $0.attempt.facts?["usage"] = ["peak_memory_bytes": 101_000_000]
        }
        #expect(
            differences == [#"phase test: "success" "build""#, "phase test: duration_ms: 10000 30000", "usage duration_ms: 60000 80000"])
    }

    @Test func variablesOfTheWorkspaceCarryTheAttempt() {
        let complete = attempt(7)
        #expect(complete.variables == ["HOME": "/state/work/\(AttemptID(7))/home", "TZ": "UTC", "CC": "gcc"])
        #expect(complete.json["variables"]?["CC"] == "gcc")
        #expect(complete.json["machine"]?["variables"] == nil)
    }

    @Test func provenanceNamesEverythingThatWentIn() throws {
        let digest = Digest.of([1])
        let complete = attempt {
            $0.output = CompleteAttempt.Output(digest: digest, bytes: 1, files: 1)
            $0.inputs?["needs"] = [["lib", .string(digest.description)]]
            $0.inputs?["sources"] = [.string(String(repeating: "a", count: 40)), .string(digest.description)]
        }
        var provenance = Provenance(complete)
        provenance.log = digest
        let json = JSONValue.object(provenance.json)
        #expect(json["_type"] == "https://in-toto.io/Statement/v1")
        #expect(json["subject"] == [["name": "app", "digest": ["sha256": .string(digest.hex)]]])
        #expect(json["predicateType"] == "https://slsa.dev/provenance/v1")
        let definition = try #require(json["predicate"]?["buildDefinition"])
        #expect(definition["externalParameters"]?["document"]?["name"] == "app")
        #expect(
            definition["resolvedDependencies"] == [
                ["name": "source/1", "digest": ["gitCommit": .string(String(repeating: "a", count: 40))]],
                ["name": "source/2", "digest": ["sha256": .string(digest.hex)]],
                ["name": "need/lib", "digest": ["sha256": .string(digest.hex)]],
                ["name": "environment", "uri": "urn:bf:host:1"],
            ])
        let details = try #require(json["predicate"]?["runDetails"])
        #expect(details["metadata"]?["invocationId"]?.string == AttemptID(1).description)
        #expect(details["byproducts"] == [["name": "log", "digest": ["sha256": .string(digest.hex)]]])
    }
}
