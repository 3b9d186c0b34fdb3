internal import FarmModel
public import HostSystem

/// Writes the log of one attempt: the bytes its processes printed, secrets masked, and beside it the index of times and phases.
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

    /// The bytes in the log.
    public private(set) var size: Int64
    /// The moment the attempt started, in `Clock.boottimeMilliseconds`.
    public let start: Int64
    private let log: Descriptor
    private let index: Descriptor
    private let limit: Int64
    private var mask: SecretMask?
    private var nextMark: (time: Int64, offset: Int64) = (0, 0)

    /// Opens the log of a new attempt; folders on the way are created.
    /// - Parameters:
    ///   - path: the log. It is appended to if it exists.
    ///   - indexPath: its index.
    ///   - secrets: what must never stand in the log.
    ///   - limit: the most bytes the log may have; nil for no limit.
    public init(path: String, indexPath: String, secrets: [[UInt8]] = [], limit: Int64? = nil) throws(SystemError) {
        log = try Self.append(to: path)
        index = try Self.append(to: indexPath)
        size = try log.status().size
        start = Clock.boottimeMilliseconds
        self.limit = limit ?? .max
        mask = SecretMask(secrets)
        try mark(.head(wallMilliseconds: Clock.wallMilliseconds))
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
        try index.writeAll(Array(mark.line.utf8))
    }
}
