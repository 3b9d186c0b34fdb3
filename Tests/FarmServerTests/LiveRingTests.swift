import FarmModel
import Testing

@testable import FarmServer

@Suite struct LiveRingTests {
    private func events(_ numbers: ClosedRange<Int>) -> [LiveEvent] {
        numbers.map { number in
            LiveEvent(
                record: EventRecord(cursor: EventCursor(epoch: 1, sequence: Int64(number)), event: "job.ended", timeMilliseconds: 0),
                isStored: true)
        }
    }

    @Test func readersTakeWhatIsNew() {
        var ring = EventRing(capacity: 4)
        ring.append(events(0...5))
        #expect(ring.slice(from: 4, atMost: 10) == .events(events(4...5)[...], next: 6))
        #expect(ring.slice(from: 1, atMost: 2) == .events(events(1...2)[...], next: 3))
        #expect(ring.slice(from: 6, atMost: 10) == .events([], next: 6))
    }

    @Test func whoIsTooLateIsTold() {
        var ring = EventRing(capacity: 4)
        ring.append(events(0...8))
        #expect(ring.first == 5)
        #expect(ring.slice(from: 4, atMost: 10) == .lost)
        #expect(ring.slice(from: 5, atMost: 10) == .events(events(5...8)[...], next: 9))
    }

    @Test func onlyWhatIsWantedIsMade() {
        let interests = LiveInterests()
        #expect(!interests.want(LiveType.load) && interests.buildsOfLines == [])
        let all = interests.add(EventFilter())
        #expect(interests.want(LiveType.load) && interests.want(LiveType.progress) && !interests.want(LiveType.logLine))
        let lines = interests.add(EventFilter(builds: [BuildID(7)], types: ["log.line"]))
        #expect(interests.want(LiveType.logLine) && interests.buildsOfLines == [BuildID(7)])
        let others = interests.add(EventFilter(types: ["log.*"]))
        #expect(interests.buildsOfLines == nil)
        for ticket in [all, lines, others] { interests.remove(ticket) }
        #expect(!interests.want(LiveType.load) && !interests.want(LiveType.logLine))
    }
}
