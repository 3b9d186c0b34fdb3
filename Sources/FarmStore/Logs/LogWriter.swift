internal import FarmModel
public import HostSystem

/// Writes the log of one attempt: the bytes its processes printed, secrets masked, and beside it the index of times and phases.
///
/// The files are made at the first output, or when the attempt has lasted a moment: a short job that prints nothing leaves none.
///
/// It belongs to the thread that runs the attempt.
public final class LogWriter {
    /// What became of some bytes.
    public enum Acceptance: Sendable, Equatable {
        /// They are in the log, or held back until it is clear that they are no secret.
        case accepted
        /// The log is full: it holds exactly as many bytes as its limit, and takes no more.
        case full
    }

    /// Marks of time are at least this far apart, in milliseconds or in bytes.
    private static let markInterval = LogIndex.markInterval
    private static let markDistance: Int64 = 64 * 1024
    /// After this time the files are there for those who look on, in milliseconds.
    private static let settlingTime: Int64 = 200

    private struct OpenFiles { let log: Descriptor, index: Descriptor }

    /// The bytes in the log.
    public private(set) var size: Int64
    /// The moment the attempt started, in `Clock.boottimeMilliseconds`.
    public let start: Int64
    private let path: String
    private let indexPath: String
    private var files: OpenFiles?
    /// What is to be written once there are files.
    private var waiting: [LogMark] = []
    private let limit: Int64
    private var mask: SecretMask?
    private var nextMark: (time: Int64, offset: Int64) = (0, 0)

    /// Begins the log of a new attempt; nothing is written yet.
    /// - Parameters:
    ///   - path: the log. It is appended to if it exists; folders on the way are made.
    ///   - indexPath: its index.
    ///   - secrets: what must never stand in the log.
    ///   - limit: the most bytes the log may have; nil for no limit.
    public init(path: String, indexPath: String, secrets: [[UInt8]] = [], limit: Int64? = nil) {
        self.path = path
        self.indexPath = indexPath
        size = 0
        start = Clock.boottimeMilliseconds
        self.limit = limit ?? .max
        mask = SecretMask(secrets)
        waiting = [LogMark(.head(wallMilliseconds: Clock.wallMilliseconds), offset: 0, milliseconds: 0)]
    }

    /// When the files are to be made at the latest, in `Clock.boottimeMilliseconds`; nil once they are there.
    public var settlesAt: Int64? { files == nil ? start + Self.settlingTime : nil }

    /// Makes the files, so that others see in which phase the attempt is.
    public func settle() throws(SystemError) { _ = try open() }

    private func open() throws(SystemError) -> OpenFiles {
        if let files { return files }
        let opened = OpenFiles(log: try Self.append(to: path), index: try Self.append(to: indexPath))
        let before = try opened.log.status().size
        let lines = waiting.map { LogMark($0.kind, offset: before, milliseconds: $0.milliseconds).line }
        try opened.index.writeAll(Array(lines.joined().utf8))
        size = before
        waiting = []
        files = opened
        return opened
    }

    private static func append(to path: String) throws(SystemError) -> Descriptor {
        let options: OpenOptions = [.write, .create, .append, .noFollow]
        do {
            return try Files.open(path, options, mode: 0o600)
        } catch  where error.isMissing {
            try Files.makeFolders(path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }, mode: 0o700)
            return try Files.open(path, options, mode: 0o600)
        }
    }

    /// Whether the log has reached its limit.
    public var isFull: Bool { size >= limit }

    /// Appends what a process printed.
    /// - Throws: `SystemError` of the disk; then the bytes may be lost in part.
    @discardableResult
    public func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Acceptance {
        try append(mask?.pass(bytes)[...] ?? bytes)
    }

    /// Marks the start of a phase.
    public func beginPhase(_ name: String) throws(SystemError) { try mark(.phaseStart(name)) }

    /// Marks the end of a phase; what was held back because it might have become a secret is written first.
    /// - Parameter result: one word, for instance `success` or a failure class.
    public func endPhase(_ name: String, result: String) throws(SystemError) {
        try flush()
        try mark(.phaseEnd(name, result: result))
    }

    /// Writes what is held back. To be called when nothing follows.
    public func flush() throws(SystemError) {
        if let rest = mask?.finish() { _ = try append(rest[...]) }
    }

    private func append(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Acceptance {
        let room = limit - size
        let kept = bytes.prefix(Int(clamping: max(0, room)))
        if !kept.isEmpty {
            let log = try open().log
            try markTime()
            try log.writeAll(kept)
            size += Int64(kept.count)
        }
        return bytes.count > kept.count ? .full : .accepted
    }

    private func markTime() throws(SystemError) {
        let now = Clock.boottimeMilliseconds
        guard now >= nextMark.time || size >= nextMark.offset else { return }
        nextMark = (now + Self.markInterval, size + Self.markDistance)
        try mark(.time)
    }

    private func mark(_ kind: LogMark.Kind) throws(SystemError) {
        let mark = LogMark(kind, offset: size, milliseconds: Clock.boottimeMilliseconds - start)
        if let files { try files.index.writeAll(Array(mark.line.utf8)) } else { waiting.append(mark) }
    }
}
