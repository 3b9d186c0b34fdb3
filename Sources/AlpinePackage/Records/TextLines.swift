import FarmModel
import Glibc

/// The lines of an index or of package information, one after the other, without copies.
struct TextLines {
    /// The longest line that is read, in bytes: Alpine has one of 72 KB.
    static let largestLine = 1 << 20

    private let bytes: UnsafeRawBufferPointer
    private var offset = 0
    /// The number of the line that was given last, counted from 1.
    private(set) var number = 0

    /// The lines of some bytes, which must outlive this value.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The next line without its end; nil after the last.
    mutating func next() throws(FarmError) -> UnsafeRawBufferPointer? {
        guard offset < bytes.count, let base = bytes.baseAddress else { return nil }
        number += 1
        let start = base + offset
        let rest = bytes.count - offset
        let length = memchr(start, 10, rest).map { UnsafeRawPointer($0) - start } ?? rest
        guard length <= Self.largestLine else {
            throw FarmError(.badInput, "line \(number) is longer than \(Self.largestLine) bytes")
        }
        offset += length + 1
        return UnsafeRawBufferPointer(start: start, count: length)
    }
}
