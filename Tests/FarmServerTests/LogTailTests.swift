import FarmModel
import FarmStore
import HostSystem
import TestSupport
import Testing

@testable import FarmServer

@Suite struct LogTailTests {
    private let farm: TestFarm
    private let runner: TestRunner
    private let alarm: LogAlarm

    init() throws {
        farm = try TestFarm()
        runner = try TestRunner(farm.store)
        alarm = try LogAlarm(farm.directory)
    }

    private func follower(_ job: JobID, _ form: LogForm = .bytes, attempt: Int? = nil) throws -> LogTail {
        LogTail(
            try FoundLog(job, attempt: attempt, in: farm.store), LogRequest(form: form, follows: true, part: LogPart(), resume: nil),
            in: farm.store)
    }

    private func writer(_ claim: Claim) -> LogWriter {
        LogWriter(
            path: farm.directory.log(claim.build, claim.job, attempt: claim.number),
            indexPath: farm.directory.logIndex(claim.build, claim.job, attempt: claim.number))
    }

    private func shown(_ step: LogTail.Step) -> String {
        switch step {
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .nothing: "(nothing)"
        case .end: "(end)"
        }
    }

    @Test func followsFromBeforeTheStartToTheEnd() async throws {
        let build = try farm.submit(.independent(1))
        let job = try #require(try farm.store.jobs(of: build.id).first)
        let listener = LogListener(alarm)
        var tail = try follower(job.id)
        let beforeTheStart = shown(try tail.step(isChanged: true, listener))
        #expect(beforeTheStart == "(nothing)")
        let claim = try runner.mustClaim()
        let log = writer(claim)
        _ = try log.write(Array("one\n".utf8)[...])
        // The folders come to be one in the other.
        let begun = await listener.wait()
        #expect(!begun.isDisjoint(with: [.changed, .grown]))
        let firstLine = shown(try tail.step(isChanged: true, listener))
        #expect(firstLine == "one\n")
        let afterIt = shown(try tail.step(isChanged: false, listener))
        #expect(afterIt == "(nothing)")
        _ = try log.write(Array("two".utf8)[...])
        var news: LogNews = []
        while !news.contains(.grown) { news.formUnion(await listener.wait()) }
        let secondLine = shown(try tail.step(isChanged: false, listener))
        #expect(secondLine == "two")
        try runner.finish(claim, .good)
        let unaware = shown(try tail.step(isChanged: false, listener))
        #expect(unaware == "(nothing)")
        let atTheEnd = shown(try tail.step(isChanged: true, listener))
        #expect(atTheEnd == "(end)")
    }

    @Test func linesWaitForTheirEnds() throws {
        let build = try farm.submit(.independent(1))
        let job = try #require(try farm.store.jobs(of: build.id).first)
        let claim = try runner.mustClaim()
        let log = writer(claim)
        _ = try log.write(Array("whole\npart".utf8)[...])
        let listener = LogListener(alarm)
        var tail = try follower(job.id, .records)
        let first = shown(try tail.step(isChanged: true, listener))
        #expect(first.contains("\"text\":\"whole\"") && !first.contains("part"))
        try runner.finish(claim, .good)
        let last = shown(try tail.step(isChanged: true, listener))
        #expect(last.contains("\"text\":\"part\",\"partial\":true"))
        let atTheEnd = shown(try tail.step(isChanged: true, listener))
        #expect(atTheEnd == "(end)")
    }

    @Test func listenersHearOnlyOfTheirJobs() async throws {
        let build = try farm.submit(.independent(2))
        let jobs = try farm.store.jobs(of: build.id)
        let (first, second) = (LogListener(alarm), LogListener(alarm))
        first.listen(to: [jobs[0]])
        second.listen(to: [jobs[1]])
        var event = EventRecord(cursor: EventCursor(epoch: 1, sequence: 1), event: "job.ended", timeMilliseconds: 0)
        event.job = jobs[1].id
        alarm.note([event])
        #expect(await second.wait() == .changed)
        event.job = jobs[0].id
        alarm.note([event])
        #expect(await first.wait() == .changed)
        alarm.stop()
        #expect(await first.wait() == .stopped)
        #expect(await LogListener(alarm).wait() == .stopped)
    }
}
