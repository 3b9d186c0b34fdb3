import FarmModel
import FarmStore
import HostSystem

/// The lines of a build's log as they come: of each job those of its newest attempt, and of every later one.
struct DsynthLogLines: Sendable {
    /// What there is at the moment.
    enum Step: Sendable {
        /// Some lines, each with its time in milliseconds since 1970.
        case lines([(text: String, time: Int64)])
        /// Nothing yet.
        case wait
        /// Nothing any more.
        case end
    }

    private let store: Store
    private let build: BuildID
    private let only: JobID?
    private var jobs: [JobRecord] = []
    private var logs: [JobID: JobLines] = [:]
    private var finished: Set<JobID> = []
    private var isBuildOver = false

    /// - Parameter only: The one job whose lines are wanted; nil for all.
    init(store: Store, build: BuildID, only: JobID? = nil) {
        self.store = store
        self.build = build
        self.only = only
    }

    /// What comes next. Asked again after `wait` it looks again.
    mutating func next() throws(FarmError) -> Step {
        if let lines = try readLines() { return .lines(lines) }
        // What is printed before an end is on the disk before it is recorded.
        let wasOver = isBuildOver
        jobs = if let only { [try store.job(only)] } else { try store.jobs(of: build) }
        isBuildOver = jobs.allSatisfy(\.state.isTerminal)
        if let lines = try readLines() { return .lines(lines) }
        return isBuildOver && (wasOver || finished.count == jobs.count) ? .end : .wait
    }

    private mutating func readLines() throws(FarmError) -> [(text: String, time: Int64)]? {
        for job in jobs where !finished.contains(job.id) {
            var log = logs[job.id] ?? JobLines(job)
            let lines = try log.next(job, store)
            logs[job.id] = log
            if !lines.isEmpty { return lines }
            guard job.state.isTerminal else { continue }
            finished.insert(job.id)
            logs[job.id] = nil
        }
        return nil
    }
}

/// The lines of one job.
private struct JobLines: Sendable {
    private var attempt: Int
    private var reader: LogReader?
    private var index: LogIndex?

    private static let pageSize = 500

    init(_ job: JobRecord) { attempt = max(1, job.attempts) }

    mutating func next(_ job: JobRecord, _ store: Store) throws(FarmError) -> [(text: String, time: Int64)] {
        guard job.attempts > 0 else { return [] }
        let lines = try read(job, store)
        guard lines.isEmpty, job.attempts > attempt else { return lines }
        attempt += 1
        (reader, index) = (nil, nil)
        return try read(job, store)
    }

    private mutating func read(_ job: JobRecord, _ store: Store) throws(FarmError) -> [(text: String, time: Int64)] {
        let name = LogName(job.build, job.id, attempt: attempt)
        if reader == nil {
            reader = try store.log(name)
            index = store.logIndex(name)
        }
        guard var reader, var index else { return [] }
        let end = try reader.size()
        try index.update()
        let isOver = job.state.isTerminal || job.attempts > attempt
        var lines: [(text: String, time: Int64)] = []
        while lines.count < Self.pageSize, let line = try reader.nextLine(unfinished: isOver, before: end) {
            lines.append((Self.text(line.bytes), index.wallMilliseconds(at: line.offset) ?? Clock.wallMilliseconds))
        }
        (self.reader, self.index) = (reader, index)
        return lines
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes, as: UTF8.self)
    }
}
