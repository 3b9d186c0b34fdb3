import FarmModel

@testable import FarmStore

/// Files of logs that are torn or were written by somebody else: plain, compressed, index.
///
/// Whatever they hold, they are read to an end or refused with an error; what they say is in order.
enum LogTarget {
    private static let plain = ScratchFile("1.log")
    private static let compressed = ScratchFile("2.log.zst")
    private static let compressedLog = ScratchFile("2.log")
    private static let index = ScratchFile("3.idx")

    static func check(_ input: Input) -> CInt {
        checkTable(input.bytes)
        checkLines(input.bytes)
        checkCompressed(input.bytes)
        checkIndex(input.bytes)
        return 0
    }

    private static func checkTable(_ bytes: [UInt8]) {
        guard let table = SeekTable(parsing: bytes) else { return }
        expect(table.bytes == bytes, "a table changes")
        for frame in 0..<table.count where table.plain[frame] < table.plain[frame + 1] {
            expect(table.frame(at: table.plain[frame]) == frame && table.frame(at: table.plain[frame + 1] - 1) == frame, "a frame is lost")
        }
        expect(table.frame(at: table.size) == nil && table.frame(at: -1) == nil, "a frame beyond the end")
    }

    /// All lines together are the log.
    private static func checkLines(_ bytes: [UInt8]) {
        plain.write(bytes)
        do {
            guard var reader = try LogReader(path: plain.path) else { fatalError("no log") }
            var read: [UInt8] = []
            while let line = try reader.nextLine() {
                expect(line.offset == Int64(read.count), "a line at the wrong place")
                read += line.bytes
                if line.isComplete { read.append(UInt8(ascii: "\n")) }
            }
            expect(read == bytes, "the lines are not the log")
            let count = Int(bytes.first ?? 0) & 7
            let start = try reader.start(ofLast: count, in: 0..<Int64(bytes.count)).offset
            let lines = bytes[Int(start)...].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            expect(lines.count - (bytes.last == UInt8(ascii: "\n") ? 1 : 0) <= max(count, 1), "more than the last lines")
        } catch {
            fatalError("a plain log is refused: \(error)")
        }
    }

    /// Either everything can be read, as much as announced, or it is refused.
    private static func checkCompressed(_ bytes: [UInt8]) {
        compressed.write(bytes)
        do {
            guard var reader = try LogReader(path: compressedLog.path) else { fatalError("no log") }
            var read: Int64 = 0
            while true {
                let piece = try reader.bytes(from: read, atMost: 1 << 20)
                if piece.isEmpty { break }
                read += Int64(piece.count)
            }
            expect(try read == reader.size(), "a compressed log ends early")
        } catch {
            // The types leave only a refusal to be thrown.
        }
    }

    private static func checkIndex(_ bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")).prefix(64) {
            guard let mark = LogMark(parsing: line) else { continue }
            expect(LogMark(parsing: Array(mark.line.utf8.dropLast())[...])?.line == mark.line, "a mark changes: \(mark.line)")
            expect(
                mark.line.utf8.allSatisfy { $0 != 127 && ($0 >= 32 || $0 == 10) } && mark.line.utf8.count { $0 == 10 } == 1, "a mark's line"
            )
        }
        index.write(bytes)
        do {
            let index = try LogIndex(path: index.path)
            for offset: Int64 in [0, 1, 100, 65536, .max] {
                _ = index.phase(at: offset)
                _ = index.wallMilliseconds(at: offset)
                expect(index.end(ofPlaceAt: offset) > offset || offset == .max, "a place ends before it begins")
            }
            _ = index.offset(sinceWallMilliseconds: 1_700_000_000_000)
            _ = index.offset(sinceWallMilliseconds: Timestamp.range.lowerBound)
        } catch {
            fatalError("an index is refused: \(error)")
        }
    }
}
