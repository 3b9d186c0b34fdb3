import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

@Suite struct LogArchiveTests {
    private let folder: TemporaryFolder
    private let path: String
    private let text: [UInt8]

    /// A log of a bit more than two frames, with a long line in it.
    init() throws {
        folder = try TemporaryFolder()
        path = folder("1.log")
        var lines = (0..<40_000).map { "line \($0)" }
        lines.insert(String(repeating: "ü", count: 50_000), at: 20_000)
        text = Array((lines.joined(separator: "\n") + "\n").utf8)
        #expect(text.count > 2 * CompressedLog.frameSize && text.count % CompressedLog.frameSize != 0)
        try Files.writeAtomically(text, to: path)
    }

    private func names() throws -> [String] { try Files.entries(of: folder.path).compactMap(\.name) }

    private func lines() throws -> [LogReader.Line] {
        var reader = try #require(try LogReader(path: path))
        var lines: [LogReader.Line] = []
        while let line = try reader.nextLine() { lines.append(line) }
        return lines
    }

    @Test func readersSeeTheSameBytes() throws {
        let before = try lines()
        #expect(try LogArchive.compress(path) == .compressed)
        #expect(try names() == ["1.log.zst"])
        #expect(try lines() == before)
        var reader = try #require(try LogReader(path: path))
        #expect(try reader.size() == Int64(text.count))
        var read: [UInt8] = []
        while true {
            let bytes = try reader.next(atMost: 100_000)
            if bytes.isEmpty { break }
            read += bytes
        }
        #expect(read == text)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let offset = Int.random(in: 0..<text.count, using: &generator)
            let bytes = try reader.bytes(from: Int64(offset), atMost: 50)
            #expect(!bytes.isEmpty && bytes.elementsEqual(text[offset...].prefix(bytes.count)))
        }
        #expect(try reader.bytes(from: Int64(text.count)).isEmpty)
    }

    @Test func whoHasItOpenReadsOn() throws {
        var reader = try #require(try LogReader(path: path))
        #expect(try reader.nextLine()?.bytes.elementsEqual("line 0".utf8) == true)
        try LogArchive.compress(path)
        var last: LogReader.Line?
        while let line = try reader.nextLine() { last = line }
        #expect(last?.bytes.elementsEqual("line 39999".utf8) == true)
    }

    @Test func aSecondTimeAndSmallLogsAndNoneAreNothing() throws {
        #expect(try LogArchive.compress(path) == .compressed)
        #expect(try LogArchive.compress(path) == .missing)
        #expect(try LogArchive.compress(folder("none.log")) == .missing)
        try Files.writeAtomically(Array(text.prefix(Int(LogArchive.smallestLog) - 1)), to: folder("2.log"))
        #expect(try LogArchive.compress(folder("2.log")) == .small)
        #expect(try names() == ["1.log.zst", "2.log"])
    }

    @Test func stoppedOrBusyNothingChanges() throws {
        var asked = 0
        let outcome = try LogArchive.compress(path) {
            asked += 1
            return asked < 2
        }
        #expect(outcome == .stopped)
        #expect(try names() == ["1.log"])
        let other = try FileLock(path: path + ".zst.part")
        #expect(try other.tryExclusive())
        #expect(try LogArchive.compress(path) == .busy)
        try other.unlock()
        // Its holder died: the file is taken over, whatever is in it.
        try other.descriptor.writeAll(Array(repeating: 7, count: 1_000_000), at: 0)
        #expect(try LogArchive.compress(path) == .compressed)
        #expect(try names() == ["1.log.zst"])
        #expect(try lines().count == 40_002)
    }

    @Test func aCrashLeavesAWholeLog() throws {
        let before = try lines()
        try Files.link(path, to: folder("kept"))
        try LogArchive.compress(path)
        // After the rename, before the removal.
        try Files.rename(folder("kept"), to: path)
        #expect(try lines() == before)
        #expect(try LogArchive.compress(path) == .compressed)
        #expect(try names() == ["1.log.zst"])
        #expect(try lines() == before)
    }

    @Test func damageIsNoticed() throws {
        try LogArchive.compress(path)
        let whole = try Files.readAll(path + ".zst", limit: 1 << 24)
        for length in [0, 1, 8, 100, whole.count - 1] {
            try Files.writeAtomically(Array(whole.prefix(length)), to: path + ".zst")
            #expect(failure { () throws(FarmError) in _ = try LogReader(path: path) }?.status == .inputOutput)
        }
        var changed = whole
        changed[whole.count / 2] ^= 1
        try Files.writeAtomically(changed, to: path + ".zst")
        var reader = try #require(try LogReader(path: path))
        let error = failure { () throws(FarmError) in while try reader.nextLine() != nil {} }
        #expect(error?.message.contains("is damaged: frame ") == true)
    }

    @Test func theTableIsThatOfTheFormat() throws {
        var table = SeekTable()
        table.add(compressed: 10, plain: 100)
        table.add(compressed: 0x1_0203, plain: 5)
        #expect(
            table.bytes == [
                0x5E, 0x2A, 0x4D, 0x18, 25, 0, 0, 0, 10, 0, 0, 0, 100, 0, 0, 0, 3, 2, 1, 0, 5, 0, 0, 0, 2, 0, 0, 0, 0, 0xB1, 0xEA, 0x92,
                0x8F,
            ])
        let parsed = try #require(SeekTable(parsing: table.bytes))
        #expect(parsed.compressed == [0, 10, 0x1_020D] && parsed.plain == [0, 100, 105])
        #expect((parsed.frame(at: 0), parsed.frame(at: 99), parsed.frame(at: 100), parsed.frame(at: 105)) == (0, 0, 1, nil))
        #expect(parsed.frame(at: -1) == nil && SeekTable().frame(at: 0) == nil)
        for index in [0, 4, 24, 28, 32] {
            var bytes = table.bytes
            bytes[index] ^= 0xFF
            #expect(SeekTable(parsing: bytes) == nil, "byte \(index)")
        }
    }

    @Test(arguments: [false, true]) func lastLinesAreFoundFromTheEnd(isCompressed: Bool) throws {
        if isCompressed { try LogArchive.compress(path) }
        var reader = try #require(try LogReader(path: path))
        let starts = try lines().map(\.offset)
        let end = Int64(text.count)
        #expect(try reader.start(ofLast: 0, in: 0..<end) == (end, 0))
        #expect(try reader.start(ofLast: 1, in: 0..<end) == (end - 11, 0))
        #expect(try reader.start(ofLast: 15_000, in: 0..<end) == (starts[starts.count - 15_000], 0))
        #expect(try reader.start(ofLast: 40_001, in: 0..<end) == (0, 0))
        #expect(try reader.start(ofLast: 40_003, in: 0..<end) == (0, 2))
        #expect(try reader.start(ofLast: 1, in: 3..<9) == (7, 0))
        #expect(try reader.start(ofLast: 5, in: 3..<9) == (3, 3))
    }

    @Test func linesStopWhereTheyAreTold() throws {
        var reader = try #require(try LogReader(path: path))
        #expect(try reader.nextLine(before: 3) == .init(offset: 0, bytes: Array("lin".utf8)[...], isComplete: false))
        #expect(try reader.nextLine(before: 3) == nil)
        #expect(try reader.nextLine(unfinished: false, before: 5) == nil)
        #expect(try reader.nextLine(before: 7) == .init(offset: 3, bytes: Array("e 0".utf8)[...], isComplete: true))
        reader.move(to: 14)
        #expect(try reader.nextLine()?.bytes.elementsEqual("line 2".utf8) == true)
    }

    @Test func noPieceEndsWithinACharacter() throws {
        let pieces = try lines().filter { !$0.isComplete }
        #expect(pieces.count == 1 && pieces.allSatisfy { $0.bytes.count <= LogReader.longestLine })
        #expect(pieces.allSatisfy { String(validating: $0.bytes, as: UTF8.self) != nil })
        try Files.writeAtomically([0x61] + Array(String(repeating: "€", count: 40_000).utf8), to: path)
        #expect(try lines().allSatisfy { String(validating: $0.bytes, as: UTF8.self) != nil })
        // What is no text is cut anywhere.
        try Files.writeAtomically([UInt8](repeating: 0x80, count: 200_000), to: path)
        #expect(try lines().map(\.bytes.count) == [65536, 65536, 65536, 200_000 - 3 * 65536])
    }
}
