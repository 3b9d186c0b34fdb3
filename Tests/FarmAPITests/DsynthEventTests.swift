import FarmAPI
import FarmModel
import Testing

@Suite struct DsynthEventTests {
    private static let build = "550e8400-e29b-41d4-a716-446655440000"

    /// The documented messages by type.
    private func documented() throws -> [String: JSONValue] {
        var messages: [String: JSONValue] = [:]
        let text = try fixture("dsynth/events.txt").split(separator: "\n").filter { !$0.hasPrefix("//") }.joined(separator: "\n")
        for part in text.split(separator: "}\n{").map(String.init) {
            let message = try JSONValue(json: (part.hasPrefix("{") ? "" : "{") + part + (part.hasSuffix("}") ? "" : "}"))
            messages[try #require(message["type"]?.string)] = message
        }
        return messages
    }

    private func time(_ text: String) throws -> Int64 { try #require(Timestamp.parse("2025-01-15T\(text)Z")) }

    @Test func documentedMessagesAreMade() throws {
        let build = Self.build
        let made: [JSONObject] = [
            DsynthMessage.buildStarted(build: build, package: "editors/vim", worker: 2, at: try time("10:30:00")),
            DsynthMessage.buildProgress(build: build, phase: "configure", percent: 45, at: try time("10:32:00")),
            DsynthMessage.buildCompleted(build: build, status: "success", duration: 323_000, at: try time("10:35:23")),
            DsynthMessage.buildFailed(build: build, phase: "build", error: "compilation error in foo.c", at: try time("10:33:45")),
            DsynthMessage.workerStatus(2, status: "busy", package: "editors/vim", at: try time("10:30:00")),
            DsynthMessage.workerIdle(2, at: try time("10:35:23")),
            DsynthMessage.logLine(build: build, line: "checking for compiler...", at: try time("10:30:05")),
            DsynthMessage.systemLoad([2.5, 2.3, 2.1], busy: 3, total: 4, at: try time("10:30:00")),
        ]
        let documented = try documented()
        #expect(documented.count == made.count)
        for message in made { #expect(.object(message) == documented[message["type"]?.string ?? ""]) }
    }

    private func event(_ kind: String, state: String? = nil) throws -> EventRecord {
        var event = EventRecord(cursor: EventCursor(epoch: 1, sequence: 1), event: kind, timeMilliseconds: try time("10:30:00"))
        event.data = state.map { ["state": .string($0)] }
        return event
    }

    private func types(_ event: EventRecord, _ facts: DsynthEventFacts) -> [String] {
        DsynthMessage.messages(of: event, facts).compactMap { $0["type"]?.string }
    }

    @Test func eventsOfTheFarmAreTold() throws {
        var facts = DsynthEventFacts(build: Self.build)
        facts.package = "editors/vim"
        facts.worker = 2
        #expect(types(try event("job.started"), facts) == ["build.started", "worker.status"])
        #expect(types(try event("job.ended", state: "success"), facts) == ["build.completed", "worker.idle"])
        #expect(types(try event("job.ended", state: "failed"), facts) == ["build.failed", "worker.idle"])
        #expect(types(try event("attempt.ended", state: "failed"), facts) == ["worker.idle"])
        facts.worker = nil
        #expect(types(try event("job.started"), facts) == ["build.started"])
        #expect(types(try event("job.ended", state: "skipped"), facts) == ["build.completed"])
        #expect(types(try event("build.ended", state: "partial"), facts) == ["build.failed"])
        #expect(types(try event("build.ended", state: "cancelled"), facts) == ["build.completed"])
        for kind in ["build.submitted", "job.ready", "job.delayed", "runner.started", "gc", "audit.cancel", "reset", ""] {
            #expect(types(try event(kind), facts).isEmpty)
        }
    }

    @Test func messagesOfWholeBuildsNameNoPackage() throws {
        var facts = DsynthEventFacts(build: Self.build)
        facts.package = "editors/vim"
        facts.durationMilliseconds = 323_000
        let whole = try #require(DsynthMessage.messages(of: try event("build.ended", state: "success"), facts).first)
        #expect(whole["package"] == nil)
        #expect(whole["duration"] == "5m23s")
        let one = try #require(DsynthMessage.messages(of: try event("job.ended", state: "success"), facts).first)
        #expect(one["package"] == "editors/vim")
    }
}
