import FarmAPI
import FarmModel
import NIOCore
import Testing

@testable import FarmServer

@Suite struct EventFormatTests {
    private func event(_ type: String, _ data: JSONObject? = nil) -> LiveEvent {
        var record = EventRecord(cursor: EventCursor(epoch: 1, sequence: 7), event: type, timeMilliseconds: 0)
        record.build = BuildID(1)
        record.job = JobID(2)
        record.data = data
        var event = LiveEvent(record: record, isStored: true)
        var facts = DsynthEventFacts(build: "x")
        facts.package = "devel/lib"
        facts.worker = 3
        event.dsynth = facts
        return event
    }

    private func types(_ asked: [String], _ event: LiveEvent) -> [String] {
        let (filter, format) = EventFormat.dsynth.narrowed(EventFilter(types: asked))
        return filter.wants(event) ? format.messages(event).map(\.type) : []
    }

    @Test(arguments: [
        ([], ["build.started", "worker.status"]), (["build.started"], ["build.started"]), (["worker.status"], ["worker.status"]),
        (["worker.*"], ["worker.status"]), (["build.*", "log.line"], ["build.started"]), (["*"], ["build.started", "worker.status"]),
        (["build.failed"], []), (["job.started"], []), (["nothing"], []),
    ])
    func aDialectIsAskedInItsOwnWords(_ asked: [String], _ types: [String]) {
        #expect(self.types(asked, event("job.started")) == types)
    }

    @Test func aDialectHasLogLinesByItself() {
        let line = event("log.line", ["line": "checking"])
        #expect(types([], line) == ["log.line"])
        #expect(types(["build.*"], line) == [])
        #expect(!EventFormat.native.narrowed(EventFilter()).filter.wants(line))
    }

    @Test func eachTypeOfTheDialectHasASource() {
        for source in DsynthMessage.sources { #expect(!source.events.isEmpty && types([source.type], event("audit.token.created")) == []) }
    }

    @Test func oursStayAsTheyAre() {
        let filter = EventFilter(types: ["job.*"])
        #expect(EventFormat.native.narrowed(filter).filter == filter)
    }

    @Test func auditEventsAreForAdministrators() {
        let audit = event("audit.token.created")
        #expect(!EventFilter().wants(audit))
        #expect(!EventFilter(types: ["audit.*"]).wants(audit))
        #expect(EventFilter(seesAudit: true).wants(audit))
    }

    @Test func filtersAreAndedTogether() {
        let started = event("job.started")
        #expect(EventFilter(builds: [BuildID(1)], types: ["job.*"]).wants(started))
        #expect(!EventFilter(builds: [BuildID(2)], types: ["job.*"]).wants(started))
        #expect(!EventFilter(builds: [BuildID(1)], types: ["build.*"]).wants(started))
        #expect(!EventFilter(runner: RunnerID(1)).wants(started))
    }

    @Test func asServerSentEvents() {
        let buffer = EventFormat.native.serverSent([event("job.ended")])
        let lines = String(buffer: buffer).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.prefix(2) == ["id: 1-7", "event: job.ended"])
        #expect(lines[2].hasPrefix("data: {") && lines.suffix(2) == ["", ""])
        var made = event("build.progress")
        made.isStored = false
        #expect(!String(buffer: EventFormat.native.serverSent([made])).contains("id:"))
    }
}
