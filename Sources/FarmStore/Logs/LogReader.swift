public import FarmModel
internal import Glibc
internal import HostSystem

/// Reads a log piece by piece, whatever its size; also one that still grows, and one that was compressed after its end.
public struct LogReader: Sendable {
    /// A line, or a piece of one that is longer than ``longestLine``.
    public struct Line: Sendable, Equatable {
        /// Where it starts in the log.
        public var offset: Int64
        /// Its bytes without the line end.
        public var bytes: ArraySlice<UInt8>
        /// Whether a line end follows. Without one it is a piece of a long line, or the end of what was asked for.
        public var isComplete: Bool
    }

    /// Longer lines come in pieces of at most this many bytes; no piece ends within a character.
    public static let longestLine = 64 << 10

    private static let chunkSize = 256 << 10
    private static let lineEnd = UInt8(ascii: "\n")

    private var source: any LogBytes
    /// The bytes that are read ahead, of which those before `bufferStart` are done with.
    private var buffer: [UInt8] = []
    private var bufferStart = 0
    /// The offset of the next line.
    public private(set) var position: Int64

    /// Opens a log, plain or compressed; nil where there is none (yet). Reading begins at `offset`.
    /// - Parameter path: That of the plain log.
    /// - Throws: `inputOutput` where a compressed log is damaged; `noPermission`.
    public init?(path: String, from offset: Int64 = 0) throws(FarmError) {
        // The plain log goes only after the compressed one is there.
        if let file = try Self.open(path) {
            self.init(PlainLog(file: file), from: offset)
        } else if let file = try Self.open(LogArchive.path(of: path)) {
            self.init(try CompressedLog(file, path: LogArchive.path(of: path)), from: offset)
        } else {
            return nil
        }
    }

    /// Reads a log that lies elsewhere, from `offset` on.
    public init(_ source: any LogBytes, from offset: Int64 = 0) {
        self.source = source
        position = max(0, offset)
    }

    private static func open(_ path: String) throws(FarmError) -> Descriptor? {
        try FarmError.wrap { () throws(SystemError) in
            do throws(SystemError) { return try Files.open(path, [.read, .noFollow]) } catch  where error.isMissing { return nil }
        }
    }

    /// The bytes that the log has now.
    public func size() throws(FarmError) -> Int64 { try source.currentSize() }

    /// At most `limit` bytes from `offset` on; empty at the end of what is there now.
    public mutating func bytes(from offset: Int64, atMost limit: Int = longestLine) throws(FarmError) -> ArraySlice<UInt8> {
        try source.read(atMost: limit, at: offset)
    }

    /// Goes on at another offset.
    public mutating func move(to offset: Int64) {
        guard offset != position else { return }
        bufferStart = buffer.count
        position = offset
    }

    /// The next bytes whatever lines they belong to; empty at the end of what is there now. Asked again later it returns what came since.
    public mutating func next(atMost limit: Int = longestLine) throws(FarmError) -> ArraySlice<UInt8> {
        let result = bufferStart < buffer.count ? buffer[bufferStart...].prefix(limit) : try bytes(from: position, atMost: limit)
        if bufferStart < buffer.count { bufferStart += result.count }
        position += Int64(result.count)
        return result
    }

    /// The next line, nil at the end of what is there now.
    /// - Parameters:
    ///   - unfinished: Whether a last line without its end is returned too. Who follows a log leaves it until it is complete or nothing more
    ///     can come.
    ///   - end: Where to stop, as if the log ended there.
    public mutating func nextLine(unfinished: Bool = true, before end: Int64 = .max) throws(FarmError) -> Line? {
        while true {
            let room = Int(clamping: min(Int64(Self.longestLine), end - position))
            guard room > 0 else { return nil }
            let available = min(room, buffer.count - bufferStart)
            if let length = lengthOfLine(within: available) { return take(length, complete: true) }
            if available == Self.longestLine { return take(wholeCharacters(available), complete: false) }
            let more = available < room ? try bytes(from: position + Int64(available), atMost: Self.chunkSize) : []
            if more.isEmpty { return unfinished && available > 0 ? take(available, complete: false) : nil }
            buffer.removeSubrange(..<bufferStart)
            bufferStart = 0
            buffer += more
        }
    }

    private func lengthOfLine(within available: Int) -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard available > 0, let start = bytes.baseAddress.map({ $0 + bufferStart }),
                let found = memchr(start, Int32(Self.lineEnd), available)
            else { return nil }
            return UnsafeRawPointer(found) - start
        }
    }

    /// The length of a piece without the start of a UTF-8 character that it would cut.
    private func wholeCharacters(_ length: Int) -> Int {
        let last = buffer[bufferStart..<bufferStart + length].suffix(4)
        guard let lead = last.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return length }
        let expected = buffer[lead] >= 0xF0 ? 4 : buffer[lead] >= 0xE0 ? 3 : buffer[lead] >= 0xC0 ? 2 : 1
        return last.endIndex - lead < expected ? lead - bufferStart : length
    }

    private mutating func take(_ length: Int, complete: Bool) -> Line {
        let line = Line(offset: position, bytes: buffer[bufferStart..<bufferStart + length], isComplete: complete)
        let taken = length + (complete ? 1 : 0)
        bufferStart += taken
        position += Int64(taken)
        return line
    }

    /// Where the last lines of a part of the log begin, read from its end.
    /// - Returns: The offset, and how many of the lines were not there.
    public mutating func start(ofLast count: Int, in range: Range<Int64>) throws(FarmError) -> (offset: Int64, missing: Int) {
        guard count > 0, !range.isEmpty else { return (range.upperBound, count) }
        var missing = count
        var end = range.upperBound
        while end > range.lowerBound {
            // On multiples, so that each frame of a compressed log is decompressed once.
            let start = max(range.lowerBound, (end - 1) / Int64(Self.longestLine) * Int64(Self.longestLine))
            let bytes = try bytes(from: start, atMost: Int(end - start))
            guard bytes.count == Int(end - start) else { throw FarmError(.inputOutput, "a log became shorter while it was read") }
            for index in bytes.indices.reversed() where bytes[index] == Self.lineEnd {
                let next = start + Int64(index - bytes.startIndex) + 1
                // The end of the last line begins no further one.
                guard next < range.upperBound else { continue }
                missing -= 1
                if missing == 0 { return (next, 0) }
            }
            end = start
        }
        return (range.lowerBound, missing - 1)
    }
}
