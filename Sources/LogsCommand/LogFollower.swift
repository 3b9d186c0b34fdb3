internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// Prints logs as they grow, those of all jobs at once, over retries, until all jobs have ended.
struct LogFollower {
    private let choice: LogChoice
    private let targets: [Target]
    private let part: LogPart
    private let context: ToolContext
    private let output: LogOutput
    private let watch: OutputWatch
    private var jobs: [FollowedJob] = []

    /// A log that its runner is about to create is looked for this often, in milliseconds.
    private static let openingPoll: Int64 = 10
    private static let heldPoll: Int64 = 25

    init(_ choice: LogChoice, _ targets: [Target], _ part: LogPart, _ context: ToolContext, _ output: LogOutput, _ watch: OutputWatch) {
        self.choice = choice
        self.targets = targets
        self.part = part
        self.context = context
        self.output = output
        self.watch = watch
    }

    /// Returns when everything has ended, or nobody reads any more.
    mutating func run(_ logs: [ChosenLog]) throws {
        jobs = logs.map { FollowedJob($0, part, choice.store, output) }
        // The folder of each log says when its job starts: the doorbell does not ring for that.
        _ = watch.watch(.all)
        var hasChanged = true
        while true {
            // Asked before logs are read: what was printed before the end is there by then.
            if hasChanged { try refresh() }
            for index in jobs.indices where !jobs[index].isDone { try jobs[index].advance(output, context) }
            try output.flush()
            if jobs.allSatisfy(\.isDone) { return try requireStart() }
            if watchFolders() {
                hasChanged = true
            } else {
                do { hasChanged = try watch.wait(atMost: patience) } catch is OutputWatch.ReaderGone { throw OutputError.closed }
            }
        }
    }

    /// Watches what is there of the folders, and leaves those alone that nothing more comes to.
    /// - Returns: Whether there are new ones, in which something may be already.
    private func watchFolders() -> Bool {
        var isNew = false
        for build in Set(jobs.lazy.filter { !$0.isDone }.map(\.job.build)) where watch.watch(.build(build)) {
            isNew = true
        }
        for job in jobs where job.job.attempts > 0 {
            let folder = LogFolder.job(job.job.build, job.job.id)
            if job.isDone { watch.forget(folder) } else if watch.watch(folder) { isNew = true }
        }
        return isNew
    }

    private mutating func refresh() throws(FarmError) {
        let logs = try choice.followed(targets)
        guard logs.count == jobs.count else { throw FarmError(.noInput, "what was followed has been removed by bf-gc") }
        for (index, log) in logs.enumerated() { jobs[index].job = log.job }
    }

    /// Who followed one job wants to know why there was nothing to see.
    private func requireStart() throws(FarmError) {
        guard jobs.count == 1, let job = jobs.first?.job, job.attempts == 0 else { return }
        throw FarmError(.noInput, MissingLog.reason(job))
    }

    private var patience: Int64? {
        if jobs.contains(where: \.isOpening) { return Self.openingPoll }
        return jobs.contains { $0.isHolding } ? Self.heldPoll : nil
    }
}

/// A job, and the attempt of it that is printed.
private struct FollowedJob {
    var job: JobRecord
    private(set) var isDone = false
    private let isPinned: Bool
    private let part: LogPart
    private let store: any Farm
    private var stream: LogStream
    private var hasEnded = false

    init(_ log: ChosenLog, _ part: LogPart, _ store: any Farm, _ output: LogOutput) {
        job = log.job
        isPinned = log.isPinned
        self.part = part
        self.store = store
        var first = log
        first.number = max(1, log.number)
        stream = LogStream(first, log.number == 0 ? part.ofLaterAttempt : part, in: store, to: output)
    }

    /// Whether its attempt has started but not its log.
    var isOpening: Bool { !isDone && !hasEnded && job.attempts >= stream.log.number && !stream.isOpen }

    /// Whether a part of a line waits for its rest.
    var isHolding: Bool { !isDone && stream.heldSince != nil }

    /// Prints what is there, and goes on to further attempts.
    mutating func advance(_ output: LogOutput, _ context: ToolContext) throws {
        while job.attempts >= stream.log.number {
            if !hasEnded { try print(output, context) }
            guard hasEnded, !isPinned, job.attempts > stream.log.number else { break }
            var next = stream.log
            next.number += 1
            stream = LogStream(next, part.ofLaterAttempt, in: store, to: output, isNew: true)
            hasEnded = false
        }
        isDone = job.state.isTerminal || (isPinned && hasEnded)
    }

    private mutating func print(_ output: LogOutput, _ context: ToolContext) throws {
        hasEnded = job.state != .running || job.attempts > stream.log.number
        try stream.print(to: output, hasEnded: hasEnded)
        guard hasEnded, !stream.isOpen else { return }
        let record = try store.attempts(of: job.id).first { $0.number == stream.log.number }
        if let reason = MissingLog.reason(stream.log.job, attempt: stream.log.number, record) { context.note(reason) }
    }
}
