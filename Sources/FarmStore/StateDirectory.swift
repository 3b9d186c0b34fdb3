public import FarmModel
internal import HostSystem

/// Where everything of a farm lies, and the names of what lies there.
public struct StateDirectory: Sendable, Equatable {
    /// The folder's absolute path.
    public let path: String

    /// The version of the database's schema that this program reads and writes.
    public static let schemaVersion = Int(Schema.version)

    /// Names a state directory; nothing is touched.
    public init(path: String) { self.path = path }

    /// The state directory by the rules of the manual: the flag, `$BF_STATE`, `$STATE_DIRECTORY` (systemd), the configuration,
    /// `$XDG_STATE_HOME/bf`, `~/.local/state/bf`.
    ///
    /// - Parameter configured: The absolute path that a file of settings names.
    /// - Throws: `configuration` if none of them says anything usable.
    public static func located(
        flag: String?, environment: (String) -> String?, configured: String? = nil
    ) throws(FarmError) -> StateDirectory {
        if let flag { return try absolute(flag, from: "--state") }
        if let path = nonEmpty(environment("BF_STATE")) { return try absolute(path, from: "BF_STATE") }
        // systemd lists several folders with colons; the first is the unit's own.
        if let path = nonEmpty(environment("STATE_DIRECTORY"))?.split(separator: ":").first { return StateDirectory(path: String(path)) }
        if let configured { return StateDirectory(path: configured) }
        // The XDG specification says that relative values are to be ignored.
        if let path = nonEmpty(environment("XDG_STATE_HOME")), path.hasPrefix("/") { return StateDirectory(path: path + "/bf") }
        if let home = nonEmpty(environment("HOME")), home.hasPrefix("/") { return StateDirectory(path: home + "/.local/state/bf") }
        throw FarmError(.configuration, "no state directory: neither --state, BF_STATE, XDG_STATE_HOME nor HOME is set; give --state DIR")
    }

    private static func nonEmpty(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    private static func absolute(_ path: String, from origin: String) throws(FarmError) -> StateDirectory {
        guard !path.isEmpty else { throw FarmError(.usage, "\(origin) names no folder") }
        if path.hasPrefix("/") { return StateDirectory(path: path) }
        guard let here = try? Files.realPath(".") else {
            throw FarmError(.noInput, "\(origin) is relative and the current folder is gone; give an absolute path")
        }
        return StateDirectory(path: here + "/" + path)
    }

    /// The database.
    public var database: String { path + "/farm.sqlite" }
    /// SQLite's write-ahead log.
    var writeAheadLog: String { database + "-wal" }
    /// The writers' queue.
    var farmLock: String { path + "/farm.lock" }
    /// Shared by whoever commits blobs, exclusive for deletions.
    var artifactsLock: String { path + "/artifacts.lock" }
    /// Shared while the database is open, exclusive for a migration.
    var schemaLock: String { path + "/schema.lock" }
    /// Written after a commit that others should notice.
    public var doorbell: String { path + "/doorbell" }
    /// Content-addressed files.
    var blobs: String { path + "/blobs/sha256" }
    /// Files of others that are not complete.
    var uploads: String { path + "/uploads" }
    /// Safe to delete.
    public var cache: String { path + "/cache" }
    /// Settings of this farm.
    public var configuration: String { path + "/bf.yaml" }
    /// What gc has taken away and not removed yet; on the same file system as everything else here.
    var trash: String { path + "/trash" }
    /// The key that seals secrets.
    public var secretKey: String { path + "/secret.key" }
    /// The private key that packages are signed with, where nobody named another one, and its public half beside it.
    public var packageKeys: String { path + "/keys" }
    /// The repository that finished packages go into, where nobody named another folder.
    public var packages: String { path + "/packages" }
    /// The locks of runners.
    var runners: String { path + "/runners" }
    /// Room that is given back when the disk is full at the end of a job.
    public var reserve: String { path + "/reserve" }
    /// Held for the life of a runner.
    public func runnerLock(_ runner: RunnerID) -> String { "\(runners)/\(runner).lock" }
    /// Scratch of a running attempt.
    public func work(_ attempt: AttemptID) -> String { path + "/work/\(attempt)" }
    /// Held by an attempt's runner and by its first process.
    public func attemptLock(_ attempt: AttemptID) -> String { work(attempt) + "/lock" }
    /// What a running attempt runs, for those who may have to kill it.
    public func attemptProcess(_ attempt: AttemptID) -> String { work(attempt) + "/process" }
    /// The folder of a build's logs.
    func logs(_ build: BuildID) -> String { path + "/logs/\(build)" }
    /// The folder of a job's logs.
    public func logs(_ build: BuildID, _ job: JobID) -> String { path + "/logs/\(build)/\(job)" }
    /// The bytes that an attempt printed.
    public func log(_ build: BuildID, _ job: JobID, attempt number: Int) -> String { logs(build, job) + "/\(number).log" }
    /// Offsets, times and phases of a log.
    public func logIndex(_ build: BuildID, _ job: JobID, attempt number: Int) -> String { logs(build, job) + "/\(number).idx" }
}
