import Documents
import FarmModel
import Testing

@testable import FarmConfiguration

@Suite struct ConfigurationTests {
    private func file(_ name: String, _ text: String) -> DocumentInput { DocumentInput(name: name, bytes: Array(text.utf8), base: nil) }

    private func read(_ text: String, _ environment: [String: String] = [:]) throws -> Configuration {
        try Configuration(files: [file("/f", text)]) { environment[$0] }
    }

    private func problems(_ text: String) -> String {
        do {
            _ = try read(text)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func laterLayersWinValueByValue() throws {
        let configuration = try Configuration(
            files: [file("/a", "run: {jobs: 1, isolation: none}\n"), file("/b", "run: {jobs: 2}\ncolor: never\n")],
            stateFile: file("/s/bf.yaml", "color: always\n")
        ) { ["BF_RUN_LABELS": "x=1, y"][$0] }
        #expect(configuration.integer(.runJobs) == 2)
        #expect(configuration[.runJobs]?.origin == .file("/b", line: 1))
        #expect(configuration.text(.runIsolation) == "none")
        #expect(configuration[.color]?.origin == .file("/s/bf.yaml", line: 1))
        #expect(configuration.list(.runLabels) == ["x=1", "y"])
        #expect(configuration[.runLabels]?.origin == .variable("BF_RUN_LABELS"))
        #expect(configuration[.serveListen] == nil)
    }

    @Test func quantitiesAndTheirAbsence() throws {
        let configuration = try read(
            "gc: {size: none, builds: {success: 2d, failed: never, cancelled: 0}}\nlimits: {time: 0, memory: 1GiB}\n")
        var quantity: Int64? = 7
        configuration.take(.gcWork, into: &quantity)
        #expect(quantity == 7)
        configuration.take(.gcBuildsSuccess, into: &quantity)
        #expect(quantity == 172_800_000)
        configuration.take(.gcBuildsCancelled, into: &quantity)
        #expect(quantity == 0)
        configuration.take(.gcBuildsFailed, into: &quantity)
        #expect(quantity == nil)
        let limits = configuration.documentDefaults().limits
        #expect(limits.wallMilliseconds == nil)
        #expect(limits.memoryBytes == 1 << 30)
        #expect(limits.logBytes == Limits().logBytes)
    }

    @Test func pressureAndMemoryOfFailures() throws {
        let configuration = try read("pressure: {memory: none, io: 30, disk: 1GiB}\nsubmit: {remember: never}\n")
        var quantity: Int64? = 7
        configuration.take(.pressureMemory, into: &quantity)
        #expect(quantity == nil)
        configuration.take(.pressureDisk, into: &quantity)
        #expect(quantity == 1 << 30)
        configuration.take(.submitRemember, into: &quantity)
        #expect(quantity == nil)
        #expect(configuration.integer(.pressureIO) == 30)
        #expect(configuration.integer(.pressureCPU) == nil)
        #expect(problems("pressure: {memory: 101}\n").contains("from 1 to 100"))
        #expect(problems("pressure: {cpu: -1}\n").contains("from 1 to 100"))
        #expect(problems("submit: {remember: soon}\n").contains("a duration"))
    }

    @Test func mistakesAreAllToldWithTheirLines() {
        #expect(
            problems("run:\n  job: 1\ncolour: never\n") == "/f:2: unknown key \"run.job\", did you mean \"jobs\"?\n"
                + "/f:3: unknown key \"colour\", did you mean \"color\"?")
        #expect(problems("run: 3\n") == "/f:1: run: expected a mapping, found 3")
        #expect(problems("secrets: {a: {file: x}}\n").hasPrefix("/f:1: file: expected an absolute path"))
        #expect(problems("secrets: {a: {command: ls -l}}\n").contains("a list of a program"))
        #expect(problems("- a\n") == "/f:1: configuration: expected a mapping, found a list")
        #expect(problems("") == "" && problems("# nothing\n") == "" && problems("run:\n") == "")
    }

    @Test func eachSettingHasItsOwnKeyAndVariable() {
        #expect(Set(Setting.all.map(\.key)).count == Setting.all.count)
        #expect(Set(Setting.all.map(\.variable)).count == Setting.all.count)
        #expect(Setting.runAllowHostNetwork.variable == "BF_RUN_ALLOW_HOST_NETWORK")
    }

    /// Whose defaults are told in words.
    private static let described: Set = ["state", "submit.arch", "run.jobs", "packages.signing_key", "packages.repository"]

    @Test func builtInDefaultsAreValidValues() throws {
        for setting in Setting.all where !Self.described.contains(setting.key) && setting.usualJSON != .array([]) {
            let read = try Configuration(files: []) { $0 == setting.variable ? setting.usual : nil }
            #expect(read[setting]?.json == setting.usualJSON, "\(setting.key)")
        }
    }

    @Test func variablesThatWereMeantToBeSettings() {
        let names = ["BF_RUN_JOB", "BF_OWNER", "BF_RUN_JOBS", "PATH", "BF_GC_SOMETHING_ELSE", "BF_MATRIX_OS"]
        #expect(
            UnknownVariables.warnings(among: names) == [
                "BF_GC_SOMETHING_ELSE is no setting; see bf.yaml(5)", "BF_RUN_JOB is no setting, did you mean BF_RUN_JOBS?",
            ])
    }

    @Test func webhooksAreRead() throws {
        let configuration = try read(
            """
            secrets: {hook: {file: /k}}
            webhooks:
              - url: https://example.org/a
                events: [job.ended, build.ended]
                secret: hook
                labels: [team=core]
                owner: ann
              - {url: 'http://10.0.0.1/b', private: true}
            """)
        #expect(configuration.webhooks.map(\.origin) == [.file("/f", line: 3), .file("/f", line: 8)])
        let first = try #require(configuration.webhooks.first?.webhook)
        #expect(first.events == [.buildEnded, .jobEnded])
        #expect(first.secret == "hook" && first.labels == ["team=core"] && first.owner == "ann" && !first.allowsPrivate)
        let second = try #require(configuration.webhooks.last?.webhook)
        #expect(second.events == [.buildEnded] && second.secret == nil && second.allowsPrivate)
        #expect(configuration.webhookSecrets == ["hook"])
    }

    @Test func aLaterListOfWebhooksReplacesAnEarlierOne() throws {
        let first = file("/a", "webhooks: [{url: 'https://a'}]\n")
        let none = try Configuration(files: [first, file("/b", "webhooks: []\n")]) { _ in nil }
        #expect(none.webhooks.isEmpty)
        let same = try Configuration(files: [first, file("/b", "color: never\n")]) { _ in nil }
        #expect(same.webhooks.map(\.webhook.url) == ["https://a"])
    }

    @Test(
        arguments: [
            ("webhooks: x\n", "/f:1: webhooks: expected a list"), ("webhooks: [x]\n", "/f:1: webhooks: expected a mapping with url"),
            ("webhooks: [{events: [build.ended]}]\n", "/f:1: webhooks: expected a mapping with url"),
            ("webhooks: [{url: 'ftp://x'}]\n", "/f:1: url: an address begins with"),
            ("webhooks:\n- url: https://x\n  events: [build.end]\n", "/f:3: events: expected"),
            ("webhooks: [{url: 'https://x', secret: gone}]\n", "/f:1: webhooks: there is no secret gone"),
            ("webhooks: [{url: 'https://x', retries: 3}]\n", "/f:1: unknown key \"retries\""),
        ])
    func badWebhooksAreTold(text: String, problem: String) { #expect(problems(text).hasPrefix(problem), "\(problems(text))") }
}
