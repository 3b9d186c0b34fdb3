import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

@Suite struct OutboxTests {
    private let clock = TestClock()
    private let folder: TemporaryFolder
    private let store: Store
    private let runner: TestRunner
    private let both = Webhook(url: "https://example.org/both", events: [.buildEnded, .jobEnded], secret: "hook")

    init() throws {
        folder = try TemporaryFolder()
        let (clock, directory) = (clock, StateDirectory(path: folder("state")))
        store = try StoreOpening(directory: directory, command: "test", notice: { _ in }, readClock: { clock.now }).open()
        runner = try TestRunner(store)
    }

    private func messages() throws -> [OutboxMessage] {
        try store.read { database throws(FarmError) in
            try database.all("SELECT \(OutboxMessage.columns) FROM outbox ORDER BY id") { OutboxMessage($0) }
        }
    }

    private func body(_ message: OutboxMessage) throws -> JSONValue { try JSONParser.parse(message.body) }

    @Test func nobodyIsToldWithoutAWish() throws {
        try store.submitNew(.independent(3))
        try runner.drain()
        #expect(try messages().isEmpty)
        #expect(try store.nextDelivery() == nil)
        #expect(try store.dueMessages(9).isEmpty)
    }

    @Test func jobsAreToldBeforeTheirBuild() throws {
        try store.setWebhooks([both])
        let build = try store.submitNew(.graph(["a": [], "b": ["a"]])).id
        try runner.drain()
        let messages = try messages()
        #expect(messages.map(\.type) == [.jobEnded, .jobEnded, .buildEnded])
        #expect(messages.allSatisfy { $0.url == both.url && $0.secret == "hook" && !$0.allowsPrivate && $0.build == build })
        let bodies = try messages.map(body)
        #expect(bodies.map { $0["job"]?["name"]?.string } == ["a", "b", nil])
        #expect(bodies.map { $0["type"]?.string } == ["job.ended", "job.ended", "build.ended"])
        #expect(bodies[2]["build"]?["state"]?.string == "success")
        #expect(bodies[2]["build"]?["kind"]?.string == "build")
        #expect(bodies.allSatisfy { $0["kind"]?.string == "message" })
        // The ids are the places of the events.
        let events = try #require(try store.events(after: EventCursor(epoch: store.epoch, sequence: 0), atMost: 100))
        for message in messages {
            let event = events.first { $0.cursor.description == message.event }
            #expect(event?.event == message.type.rawValue)
            #expect(try body(message)["id"]?.string == message.event)
        }
    }

    @Test func aRootCauseIsToldOnceWithItsVictims() throws {
        try store.setWebhooks([both])
        try store.submitNew(.graph(["lib": [], "app": ["lib"], "test": ["app"], "doc": []]))
        try runner.drain { $0 == "lib" ? .bad : .good }
        let bodies = try messages().map(body)
        #expect(bodies.map { $0["job"]?["name"]?.string } == ["lib", "doc", nil])
        let lib = bodies[0]
        #expect(lib["job"]?["state"]?.string == "failed")
        #expect(lib["victims"]?.array?.map { $0["name"]?.string } == ["app", "test"])
        #expect(lib["victim_count"]?.int == 2)
        #expect(bodies[1]["victims"] == nil)
        #expect(bodies[2]["build"]?["state"]?.string == "partial")
    }

    @Test func manyVictimsAreCountedAndSomeNamed() throws {
        try store.setWebhooks([both])
        let count = WebhookMessage.victimLimit + 5
        let jobs = [Submission.Job.named("root")] + (0..<count).map { Submission.Job.named("victim-\($0)", needs: [(0, false)]) }
        try store.submitNew(Submission(jobs: jobs))
        try runner.drain { _ in .bad }
        let message = try body(try #require(try messages().first))
        #expect(message["victim_count"]?.int == Int64(count))
        #expect(message["victims"]?.array?.count == WebhookMessage.victimLimit)
    }

    @Test func aTryThatIsRepeatedIsNoEnd() throws {
        try store.setWebhooks([both])
        try store.submitNew(.independent(1))
        try runner.finish(runner.mustClaim(), .unlucky)
        #expect(try messages().isEmpty)
    }

    @Test func aCancelledBuildIsToldOnce() throws {
        try store.setWebhooks([both])
        let build = try store.submitNew(.independent(5)).id
        let claim = try runner.mustClaim()
        _ = try store.cancel(.build(build), by: "ann")
        #expect(try messages().isEmpty)
        try runner.finish(claim, .bad)
        #expect(try messages().map(\.type) == [.jobEnded, .buildEnded])
    }

    @Test func eachGetsWhatItAskedFor() throws {
        var core = Webhook(url: "https://example.org/core")
        core.labels = ["team=core"]
        var ann = Webhook(url: "https://example.org/ann", events: [.jobEnded])
        ann.owner = "ann"
        ann.allowsPrivate = true
        try store.setWebhooks([core, ann])
        #expect(try store.webhooks() == [core, ann])
        func run(_ name: String, labels: [String], owner: String?, own: [Webhook] = []) throws -> [String] {
            var submission = Submission(jobs: [.named(name)])
            submission.labels = labels
            submission.owner = owner
            submission.webhooks = own
            try store.submitNew(submission)
            try runner.drain()
            let told = try messages()
            for message in told { try store.delivered(message.id) }
            for message in told { #expect(message.allowsPrivate == (message.url == ann.url)) }
            return told.map { "\($0.url.split(separator: "/").last ?? "") \($0.type.rawValue)" }
        }
        #expect(try run("1", labels: ["team=core"], owner: "bob") == ["core build.ended"])
        #expect(try run("2", labels: ["team=core"], owner: "ann") == ["ann job.ended", "core build.ended"])
        #expect(try run("3", labels: [], owner: nil) == [])
        let own = Webhook(url: "https://example.org/own")
        #expect(try run("4", labels: [], owner: "ann", own: [own]) == ["ann job.ended", "own build.ended"])
        try store.setWebhooks([])
        #expect(try run("5", labels: ["team=core"], owner: "ann", own: [own]) == ["own build.ended"])
    }

    /// Whoever takes a message has some time for it; then it is due again.
    @Test func theSecretOfABuildStandsSealedAndOpensForItAlone() throws {
        let value = Array("a secret of some length".utf8)
        var builds: [BuildID] = []
        for _ in 0..<2 {
            var submission = Submission.independent(1)
            submission.webhooks = [Webhook(url: "https://example.org"), both]
            submission.webhookSecret = value
            builds.append(try store.submitNew(submission).id)
        }
        try runner.drain()
        let found = try messages().filter { $0.secret != "hook" }
        #expect(found.map(\.build) == builds)
        for message in found { #expect(try store.webhookSecret(of: message) == value) }
        #expect(found[0].secret != found[1].secret)
        var moved = found[0]
        moved.build = builds[1]
        #expect(throws: FarmError.self) { try store.webhookSecret(of: moved) }
        moved.secret = "hook"
        #expect(try store.webhookSecret(of: moved) == nil)
    }

    @Test func aShortSecretOfWebhooksIsRefused() throws {
        var submission = Submission.independent(1)
        submission.webhooks = [Webhook(url: "https://example.org")]
        submission.webhookSecret = [UInt8](repeating: 7, count: Webhook.shortestSecret - 1)
        #expect(throws: FarmError.self) { try store.submitNew(submission) }
    }

    @Test func aMessageIsLentAndNotGiven() throws {
        try store.setWebhooks([Webhook(url: "https://example.org")])
        try store.submitNew(.independent(1))
        try runner.drain()
        let taken = try store.dueMessages(9)
        #expect(taken.count == 1)
        #expect(try store.dueMessages(9).isEmpty)
        clock.advance(119_999)
        #expect(try store.dueMessages(9).isEmpty)
        clock.advance(1)
        #expect(try store.dueMessages(9) == taken)
        try store.delivered(taken[0].id)
        clock.advance(1_000_000)
        #expect(try store.dueMessages(9).isEmpty)
        #expect(try store.outboxCounts() == (0, 0))
    }

    @Test func twoSendersShareTheWork() throws {
        try store.setWebhooks([Webhook(url: "https://example.org")])
        for _ in 0..<40 { try store.submitNew(.independent(1)) }
        try runner.drain()
        let store = store
        let taken = try concurrently(4) { _ in try store.dueMessages(10).map(\.id) }
        #expect(taken.map(\.count) == [10, 10, 10, 10])
        #expect(Set(taken.joined()).count == 40)
    }

    @Test func whatFailsIsTriedAgainAndAtLastGivenUp() throws {
        try store.setWebhooks([Webhook(url: "https://example.org")])
        try store.submitNew(.independent(1))
        try runner.drain()
        let start = clock.now.wallMilliseconds
        var attempts = 0
        var waits: [Int64] = []
        while let message = try store.dueMessages(1).first {
            #expect(message.attempts == attempts)
            attempts += 1
            guard let next = try store.failedDelivery(message.id, "refused \(attempts)", jitter: 0.5) else { break }
            #expect(try store.nextDelivery() == next)
            waits.append(next - clock.now.wallMilliseconds)
            clock.advance(next - clock.now.wallMilliseconds)
        }
        #expect(waits.prefix(3) == [10_000, 20_000, 40_000])
        #expect(clock.now.wallMilliseconds - start > WebhookSchedule.lifeMilliseconds - 4 * 3_600_000)
        let abandoned = try store.abandonedMessages(9)
        #expect(abandoned.map(\.attempts) == [attempts])
        #expect(abandoned.first?.message == "refused \(attempts)")
        #expect(abandoned.first?.givenUpMilliseconds == clock.now.wallMilliseconds)
        #expect(try store.outboxCounts() == (0, 1))
        #expect(try store.failedDelivery(abandoned[0].id, "late") == nil)
        #expect(try store.abandonedMessages(9) == abandoned)
    }

    @Test func messagesOfLongAgoAreCollected() throws {
        try store.setWebhooks([Webhook(url: "https://example.org")])
        try store.submitNew(.independent(1))
        try runner.drain()
        let day: Int64 = 86_400_000
        func collect() throws {
            try Collector(store: store, policy: RetentionPolicy(), isDryRun: false, notice: { _ in }, report: { _ in }).collect()
        }
        clock.advance(29 * day)
        try collect()
        #expect(try messages().count == 1)
        clock.advance(2 * day)
        // Something newer, so that the clock is believed.
        _ = try store.submitNew(.independent(1))
        try collect()
        #expect(try messages().isEmpty)
    }

    /// If what ends a build is undone, so is the message.
    @Test func thereIsNoMessageWithoutAnEnd() throws {
        try store.setWebhooks([both])
        let build = try store.submitNew(.independent(1)).id
        let error = failure { () throws(FarmError) in
            try store.write(.lazy, rings: false) { transaction throws(FarmError) in
                let job = try transaction.database.first("SELECT id FROM jobs") { $0.identifier(0) as JobID }
                guard let job else { return }
                try transaction.end(EndedJob(job: job, build: build, state: .failed), from: .pending)
                throw FarmError(.temporary, "undone")
            }
        }
        #expect(error?.status == .temporary)
        #expect(try messages().isEmpty)
    }
}
