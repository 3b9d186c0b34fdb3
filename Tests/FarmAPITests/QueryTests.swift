import FarmModel
import FarmStore
import FarmSubmission
import TestSupport
import Testing

@testable import FarmAPI

/// Questions asked as a client asks them: as text, there and back.
struct QueryTests {
    private let farm: TestFarm
    private let build: BuildRecord
    private let jobs: [String: JobRecord]

    /// A build with a good job, a failed one, one that was skipped because of it, and one that waits.
    init() throws {
        farm = try TestFarm()
        build = try farm.submit(.graph(["good": [], "bad": ["good"], "skipped": ["bad"]]))
        let runner = try TestRunner(farm.store)
        try runner.drain { $0 == "bad" ? .bad : .good }
        try farm.submit(.graph(["waiting": []]))
        jobs = try farm.jobs(of: build.id)
    }

    private func ask<Request, Answer>(
        _ query: FarmQuery<Request, Answer>, _ request: Request, _ role: Role = .admin
    ) throws -> Answer {
        let known = FarmQueries.reading[query.name] ?? FarmQueries.requesting[query.name]
        let caller = QueryCaller(role: role, owner: role == .admin ? nil : "somebody", requester: nil)
        let answer = try #require(known).answer(JSONParser.parse(request.wire.text), farm.store, for: caller)
        return try Answer(wire: JSONParser.parse(answer.text))
    }

    @Test func recordsArriveAsTheyAre() throws {
        let store = farm.store
        #expect(try ask(FarmQueries.build, build.id) == store.build(build.id))
        #expect(try ask(FarmQueries.recentBuilds, 5) == store.recentBuilds(finished: 5))
        var filter = BuildFilter()
        filter.states = [.partial]
        #expect(try ask(FarmQueries.builds, Limited(filter, limit: nil)) == store.builds(filter, finished: nil))
        #expect(try ask(FarmQueries.jobsOfBuild, build.id) == store.jobs(of: build.id))
        for job in jobs.values {
            #expect(try ask(FarmQueries.job, job.id) == job)
            #expect(try ask(FarmQueries.attempts, job.id) == store.attempts(of: job.id))
            #expect(try ask(FarmQueries.artifacts, job.id) == store.artifacts(of: job.id))
            #expect(try ask(FarmQueries.newestVerdict, job.id) == nil)
            for attempt in try store.attempts(of: job.id) {
                #expect(try ask(FarmQueries.attempt, attempt.id) == attempt)
                #expect(try ask(FarmQueries.completeAttempt, attempt.id) == store.completeAttempt(attempt.id))
                #expect(try ask(FarmQueries.logDigest, attempt.id) == nil)
            }
        }
        #expect(try ask(FarmQueries.newestJobs, Limited(JobFilter(), limit: 2)) == store.jobs(JobFilter(), newest: 2))
        let page = try ask(FarmQueries.jobPage, JobPageRequest(build: build.id, filter: JobFilter(), place: 0, limit: 2))
        let expected = try store.jobs(of: build.id, JobFilter(), from: 0, atMost: 2)
        #expect(page.jobs == expected.jobs && page.next == expected.next)
        #expect(try ask(FarmQueries.edges, build.id) == store.edges(of: build.id).flatMap { [$0.job, $0.need] })
        #expect(try ask(FarmQueries.goodResults, "good") == store.goodResults(of: "good"))
        #expect(try ask(FarmQueries.packageNames, NoValue()) == store.packageNames())
        #expect(try ask(FarmQueries.resolve, build.id.description) == .build(build.id))
    }

    @Test func whatGoesOnArrivesAsItIs() throws {
        let store = farm.store
        #expect(try ask(FarmQueries.runners, NoValue()) == store.runners())
        #expect(try ask(FarmQueries.abilitiesAtWork, NoValue()) == store.abilitiesAtWork())
        #expect(try ask(FarmQueries.queue, nil) == store.queue(atMost: .max))
        #expect(try ask(FarmQueries.newestFailures, Limited(build.id, limit: 3)) == store.newestFailures(of: build.id, atMost: 3))
        #expect(try ask(FarmQueries.newestEvent, NoValue()) == store.newestEvent())
        let start = EventCursor(epoch: try store.newestEvent().epoch, sequence: 0)
        #expect(try ask(FarmQueries.events, Limited(start, limit: 100)) == store.events(after: start, atMost: 100))
        let claim = try #require(try TestRunner(store).claim())
        #expect(try ask(FarmQueries.runningJobs, Limited(nil, limit: 10)) == store.runningJobs(of: nil, atMost: 10))
        #expect(try ask(FarmQueries.runningNames, Limited(claim.build, limit: 10)) == ["waiting"])
    }

    @Test func explanationsArriveAsTheyAre() throws {
        let store = farm.store
        let waiting = try #require(try store.jobs(JobFilter(), newest: nil).first { $0.state == .pending })
        #expect(try ask(FarmQueries.whyJob, waiting.id) == store.why(waiting.id))
        #expect(try ask(FarmQueries.whyBuild, waiting.build) == store.why(waiting.build))
        let reason = try #require(try store.waits(of: [waiting.id])[waiting.id])
        #expect(try ask(FarmQueries.waits, [waiting.id]) == [JobWait(job: waiting.id, reason: reason)])
        let good = try #require(jobs["good"])
        #expect(try ask(FarmQueries.inputs, good.id) == store.explainInputs(of: good.id))
    }

    @Test func factsOfAllCodesArrive() throws {
        var facts = WaitFacts(job: try #require(jobs["good"]).id, build: build.id)
        facts.needs = [WaitFacts.Need(job: facts.job, name: "lib", state: .running)]
        facts.needCount = 3
        facts.twin = facts.job
        facts.paused = "all"
        facts.pause = ["by": "me", "since": "2026-01-01T00:00:00.000Z"]
        facts.dueMilliseconds = 1_800_000_000_123
        facts.failure = .infrastructure
        facts.attempts = 2
        facts.missing = ["label gpu"]
        facts.load = (running: 3, slots: 4)
        facts.ahead = 7
        facts.pressure = [PressureFact(resource: .memory, value: 34.5, limit: 10)]
        facts.cancelledMilliseconds = 5
        #expect(try WaitFacts(json: try #require(try JSONParser.parse(facts.wire.text).object)) == facts)
    }

    @Test func historyArrivesAsItIs() throws {
        let store = farm.store
        #expect(try ask(FarmQueries.packageHistory, Limited("bad", limit: nil)) == store.history(of: "bad", newest: nil))
        #expect(try ask(FarmQueries.builtNames, NoValue()) == store.builtNames())
        let samples = SampleRequest(after: nil, name: "*", since: nil, limit: 10)
        #expect(try ask(FarmQueries.historySamples, samples) == store.historySamples(after: nil, name: "*", atMost: 10))
        let bad = try #require(jobs["bad"])
        let attempt = try #require(try store.attempts(of: bad.id).first)
        let request = LastGoodRequest(attempt: attempt.id, identity: bad.identity)
        #expect(try ask(FarmQueries.lastGood, request) == store.lastGood(before: attempt.id, of: bad.identity))
    }

    @Test func errorsAreTheStores() throws {
        let nothing = BuildID(1)
        #expect(throws: FarmError(.noInput, "no build \(nothing); see bf-status")) { try ask(FarmQueries.build, nothing) }
        let wrong = failure { () throws(FarmError) in
            _ = try FarmQueries.build.answer("b-", farm.store, for: QueryCaller(role: .read, owner: nil, requester: nil))
        }
        #expect(wrong?.status == .badInput)
    }

    @Test func onlyWhoMayChangesAnything() throws {
        let bad = try #require(jobs["bad"])
        for role in [Role.read, .submit] {
            let refused = #expect(throws: FarmError.self) { try ask(FarmQueries.retry, bad.id, role) }
            #expect(refused?.status == .noPermission)
        }
        #expect(throws: FarmError.self) { try ask(FarmQueries.pause, RequestOf(.all, by: "me"), .submit) }
        #expect(try farm.store.farmPause() == nil)
        let revived = try ask(FarmQueries.retry, bad.id, .operate)
        #expect(Set(revived) == [bad.id, try #require(jobs["skipped"]).id])
        _ = try ask(FarmQueries.pause, RequestOf(.all, by: "me", reason: "rest"), .operate)
        #expect(try farm.store.farmPause()?["reason"]?.string == "rest")
        let outcome = try ask(FarmQueries.cancel, RequestOf(Target.build(build.id), by: "me"), .operate)
        #expect(outcome == CancelOutcome(ended: 2))
    }

    @Test func submissionsKeepAllTheySay() throws {
        var request = SubmissionRequest(specs: [["name": "lib"]], options: .init())
        request.options.owner = "me"
        request.options.key = "once"
        request.options.labels = ["a=b"]
        request.options.priority = -3
        request.options.secrets = ["key": [0, 255, 10, 13]]
        request.options.isForced = true
        request.options.rememberMilliseconds = 5
        request.options.webhooks = [Webhook(url: "https://example.org/one", events: [.jobEnded]), Webhook(url: "http://example.org")]
        request.options.webhookSecret = [255, 0, 1]
        let read = try SubmissionRequest(wire: JSONParser.parse(request.wire.text))
        #expect(read.json == request.json)
        #expect(read.options.secrets == request.options.secrets)
        #expect(read.options.webhooks == request.options.webhooks)
        #expect(read.options.webhookSecret == request.options.webhookSecret)
    }

    /// The names of secrets are the server's, and what was sealed may not be brought in from outside; nor may the address of its network.
    @Test(arguments: [["secret": "sealed:00"], ["secret": "hook"], ["private": true]] as [JSONObject])
    func submissionsCannotUseTheSecretsOfOthers(_ more: JSONObject) throws {
        var webhook = more
        webhook.add("url", "https://example.org")
        var request = SubmissionRequest(specs: [["name": "lib"]], options: .init()).json
        request.add("webhooks", .array([.object(webhook)]))
        #expect(throws: FarmError.self) { try SubmissionRequest(json: request) }
    }

    @Test(arguments: [[], [0], [255, 254], [1, 2, 3], [77, 97, 110, 0]] as [[UInt8]])
    func base64ComesBack(_ bytes: [UInt8]) {
        #expect(Base64.bytes(of: Base64.text(of: bytes)) == bytes)
    }

    @Test func base64IsThatOfOthers() {
        #expect(Base64.text(of: Array("light work.".utf8)) == "bGlnaHQgd29yay4=")
        for text in ["a", "ab=", "a===", "YQ=a", "YR==", "Y Q="] { #expect(Base64.bytes(of: text) == nil) }
    }
}
