public import FarmModel
public import HostSystem

/// The logs of a farm.
public protocol FarmLogs: Sendable {
    /// Opens the log of an attempt; nil where there is none (yet).
    func log(_ name: LogName) throws(FarmError) -> LogReader?

    /// The index of a log, not read yet.
    func logIndex(_ name: LogName) -> LogIndex

    /// Starts to notice changes of logs and of the farm.
    func watchLogs() -> any LogWatch
}

/// Which log is meant.
public struct LogName: Sendable, Hashable {
    /// The build of the job.
    public var build: BuildID
    /// The job.
    public var job: JobID
    /// The number of the attempt, from 1.
    public var attempt: Int

    /// Names the log of an attempt.
    public init(_ build: BuildID, _ job: JobID, attempt: Int) {
        self.build = build
        self.job = job
        self.attempt = attempt
    }
}

/// Where logs come to be and grow.
public enum LogFolder: Sendable, Hashable {
    /// A folder comes to be in it with the first log of a build.
    case all
    /// A folder comes to be in it with the first log of a job.
    case build(BuildID)
    /// Its files are the logs of the job's attempts.
    case job(BuildID, JobID)
}

/// Notices that logs come to be or grow, and that something has changed in the farm.
public protocol LogWatch: AnyObject {
    /// Each is readable when something has happened.
    var descriptors: [Descriptor] { get }

    /// Whether something may happen that makes no descriptor readable: then the caller has to look by itself, each
    /// ``DoorbellWatch/pollMilliseconds``.
    var isBlind: Bool { get }

    /// Watches a folder, if it is there.
    /// - Returns: Whether that is new, so that something may have happened before that wakes nobody.
    func watch(_ folder: LogFolder) -> Bool

    /// Leaves a folder alone.
    func forget(_ folder: LogFolder)

    /// Forgets what has happened so far.
    /// - Returns: Whether more has changed than the size of logs.
    func drain() -> Bool
}

extension Store {
    /// Opens the log of an attempt; nil where there is none (yet).
    public func log(_ name: LogName) throws(FarmError) -> LogReader? {
        try LogReader(path: directory.log(name.build, name.job, attempt: name.attempt))
    }

    /// The index of a log, not read yet.
    public func logIndex(_ name: LogName) -> LogIndex {
        LogIndex(unread: directory.logIndex(name.build, name.job, attempt: name.attempt))
    }

    /// Opens the text of a log's index; nil where there is none (yet).
    public func logIndexText(_ name: LogName) throws(FarmError) -> LogReader? {
        try LogReader(path: directory.logIndex(name.build, name.job, attempt: name.attempt))
    }

    /// Starts to notice changes of logs and of the state directory.
    public func watchLogs() -> any LogWatch { LogFolderWatch(directory) }
}
