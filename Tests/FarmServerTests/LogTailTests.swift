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

    private func tail(_ job: JobID, _ form: LogForm = .bytes, attempt: Int? = nil) throws -> LogTail {
        LogTail(
            try FoundLog(job, attempt: attempt, in: farm.store), LogRequest(form: form, follows: true, part: LogPart(), resume: nil),
            in: farm.store)
    }

    private func writer(_ claim: Claim) -> LogWriter {
        LogWriter(
            path: farm.directory.log(claim.build, claim.job, attempt: claim.number),
            indexPath: farm.directory.logIndex(claim.build, claim.job, attempt: claim.number))
    }

    private func text(_ step: LogTail.Step) -> String? {
        if case .bytes(let bytes) = step { String(decoding: bytes, as: UTF8.self) } else { nil }
    }

    private func isNothing(_ step: LogTail.Step) -> Bool { if case .nothing = step { true } else { false } }

    private func isEnd(_ step: LogTail.Step) -> Bool { if case .end = step { true } else { false } }

    @Test func followsFromBeforeTheStartToTheEnd() async throws {
        let build = try farm.submit(.independent(1))
        let job = try #require(try farm.store.jobs(of: build.id).first)
        let listener = LogListener(alarm)
        var tail = try tail(job.id)
        #expect(isNothing(try tail.step(isChanged: true, listener)))
        let claim = try runner.mustClaim()
        let log = writer(claim)
        _ = try log.write(Array("one\n".utf8)[...])
        // The folders come to be one in the other.
        #expect(!(await listener.wait()).isDisjoint(with: [.changed, .grown]))
        #expect(text(try tail.step(isChanged: true, listener)) == "one\n")
        #expect(isNothing(try tail.step(isChanged: false, listener)))
        _ = await listener.wait()
        _ = try tail.step(isChanged: true, listener)
        _ = try log.write(Array("two".utf8)[...])
        #expect((await listener.wait()).contains(.grown))
        #expect(text(try tail.step(isChanged: false, listener)) == "two")
        try runner.finish(claim, .good)
        #expect(isNothing(try tail.step(isChanged: false, listener)))
        #expect(isEnd(try tail.step(isChanged: true, listener)))
    }

    @Test func linesWaitForTheirEnds() throws {
        let build = try farm.submit(.independent(1))
        let job = try #require(try farm.store.jobs(of: build.id).first)
        let claim = try runner.mustClaim()
        let log = writer(claim)
        _ = try log.write(Array("whole\npart".utf8)[...])
        let listener = LogListener(alarm)
        var tail = try tail(job.id, .records)
        let first = try #require(text(try tail.step(isChanged: true, listener)))
        #expect(first.contains("\"text\":\"whole\"") && !first.contains("part"))
        try runner.finish(claim, .good)
        let last = try #require(text(try tail.step(isChanged: true, listener)))
        #expect(last.contains("\"text\":\"part\",\"partial\":true"))
        #expect(isEnd(try tail.step(isChanged: true, listener)))
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
