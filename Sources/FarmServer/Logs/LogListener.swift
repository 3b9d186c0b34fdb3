import FarmModel
import FarmStore

/// One who follows logs; what it holds of the alarm goes with it.
final class LogListener: Sendable {
    private let alarm: LogAlarm
    private let ticket: Int

    init(_ alarm: LogAlarm) {
        self.alarm = alarm
        ticket = alarm.join()
    }

    deinit { alarm.leave(ticket) }

    /// Listens to the beginnings and ends of jobs, and to no others any more.
    func listen(to jobs: [JobRecord]) { alarm.listen(ticket, to: jobs) }

    /// Listens to everything that happens in the farm.
    func listenToAll() { alarm.listenToAll(ticket) }

    /// Watches folders, those that are there, and no others any more.
    func watch(_ folders: Set<LogFolder>) { alarm.watch(ticket, folders) }

    /// Watches the folder of a job's logs, or those it is going to be in.
    /// - Returns: Whether something may have happened before the folder was watched, so that one has to look again.
    func watch(_ job: JobRecord) -> Bool {
        alarm.watch(ticket, firstOf: [.job(job.build, job.id), .build(job.build), .all])
    }

    /// What has happened since the last time, once there is something.
    func wait() async -> LogNews { await alarm.wait(ticket) }
}
