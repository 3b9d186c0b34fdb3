import FarmModel
import FarmStore

/// The log of a running attempt, for those who watch the lines of all.
struct LineTail {
    /// What a look at it found.
    struct News {
        /// Lines, each with when and in which phase it was printed.
        var lines: [(text: String, milliseconds: Int64?, phase: String?)] = []
        /// Phases that began or ended.
        var phases: [LogPhase] = []
        /// Lines that were passed over since the line before.
        var dropped = 0
    }

    let job: JobRecord
    let number: Int
    /// Nil if it was removed meanwhile.
    let attempt: AttemptRecord?
    private var reader: LogReader?
    private var index: LogIndex
    private var isNew: Bool
    private var phases: [LogPhase] = []
    private var dropped = 0

    /// - Parameter isNew: Whether its first lines are wanted; else only those to come.
    init(_ running: RunningJob, isNew: Bool, in store: Store) throws(FarmError) {
        job = running.job
        number = running.number
        attempt = try store.attempts(of: running.job.id).first { $0.number == running.number }
        self.isNew = isNew
        index = store.logIndex(LogName(job.build, job.id, attempt: number))
    }

    var name: LogName { LogName(job.build, job.id, attempt: number) }

    /// What came since the last look.
    /// - Parameters:
    ///   - limit: The most lines; further ones are counted, not returned.
    ///   - hasEnded: Whether nothing more comes, so that a line without its end is one too.
    mutating func look(atMost limit: Int, hasEnded: Bool, in store: Store) throws(FarmError) -> News {
        var news = News()
        if reader == nil { reader = try store.log(name) }
        guard let size = try reader?.size() else { return news }
        try index.update()
        news.phases = movedPhases()
        if !isNew {
            isNew = true
            reader?.move(to: size)
            news.phases = []
        }
        while news.lines.count < limit, let line = try reader?.nextLine(unfinished: hasEnded, before: size) {
            news.lines.append(
                (
                    String(decoding: line.bytes, as: UTF8.self), index.wallMilliseconds(at: line.offset),
                    index.phase(at: line.offset)?.name
                ))
        }
        while let line = try reader?.nextLine(unfinished: hasEnded, before: size) { dropped += line.isComplete ? 1 : 0 }
        if !news.lines.isEmpty || hasEnded {
            news.dropped = dropped
            dropped = 0
        }
        return news
    }

    private mutating func movedPhases() -> [LogPhase] {
        defer { phases = index.phases }
        return index.phases.enumerated().filter { !phases.indices.contains($0.offset) || phases[$0.offset] != $0.element }.map(\.element)
    }
}
