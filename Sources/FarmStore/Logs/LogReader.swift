internal import FarmModel
public import HostSystem

/// Reads a log piece by piece, whatever its size; also one that still grows.
public struct LogReader: Sendable {
    /// A line, or a piece of one that is longer than `longestLine`.
    public struct Line: Sendable, Equatable {
        /// Where it starts in the log.
        public var offset: Int64
        /// Its bytes without the line end.
        public var bytes: [UInt8]
        /// Whether a line end follows. Without one it is a piece of a long line, or the end of the log.
        public var isComplete: Bool
    }

    /// Longer lines come in pieces of this many bytes.
    public static let longestLine = 64 * 1024

    private let file: Descriptor
    /// The bytes that are read ahead, from `position` on.
    private var buffer: ArraySlice<UInt8> = []
    /// The offset of the next line.
    public private(set) var position: Int64

    /// Opens a log; reading begins at `offset`.
    /// - Throws: `SystemError`; `isMissing` when there is no log (yet).
    public init(path: String, from offset: Int64 = 0) throws(SystemError) {
        file = try Files.open(path, [.read, .noFollow])
        position = max(0, offset)
    }

    /// The bytes that the log has now.
    public func size() throws(SystemError) -> Int64 { try file.status().size }

    /// At most `limit` bytes from `offset` on; empty at the end of what is there now.
    public func bytes(from offset: Int64, atMost limit: Int = longestLine) throws(SystemError) -> [UInt8] {
        try file.read(atMost: limit, at: offset)
    }

    /// The next bytes whatever lines they belong to; empty at the end of what is there now. Asked again later it returns what came since.
    public mutating func next(atMost limit: Int = longestLine) throws(SystemError) -> [UInt8] {
        let result = buffer.isEmpty ? try file.read(atMost: limit, at: position) : Array(buffer.prefix(limit))
        buffer = buffer.dropFirst(result.count)
        position += Int64(result.count)
        return result
    }

    /// The next line, nil at the end of what is there now.
    /// - Parameter unfinished: whether a last line without its end is returned too. Who follows a log leaves it until it is complete or
    ///   nothing more can come.
    public mutating func nextLine(unfinished: Bool = true) throws(SystemError) -> Line? {
        while true {
            if let end = buffer.prefix(Self.longestLine).firstIndex(of: UInt8(ascii: "\n")) { return take(end, complete: true) }
            if buffer.count >= Self.longestLine { return take(buffer.startIndex + Self.longestLine, complete: false) }
            let more = try file.read(atMost: Self.longestLine, at: position + Int64(buffer.count))
            if more.isEmpty { return unfinished && !buffer.isEmpty ? take(buffer.endIndex, complete: false) : nil }
            buffer = ArraySlice(Array(buffer) + more)
        }
    }

    private mutating func take(_ end: Int, complete: Bool) -> Line {
        let line = Line(offset: position, bytes: Array(buffer[..<end]), isComplete: complete)
        let length = line.bytes.count + (complete ? 1 : 0)
        buffer = buffer.dropFirst(length)
        position += Int64(length)
        return line
    }
}
