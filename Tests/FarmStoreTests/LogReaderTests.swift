import HostSystem
import Testing

@testable import FarmStore

@Suite final class LogReaderTests {
    private let folder: String

    init() throws { folder = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "logs-") }

    deinit { try? Files.removeTree(folder) }

    private func write(_ pieces: [String], secrets: [String] = [], limit: Int64? = nil) throws -> String {
        let writer = LogWriter(
            path: folder + "/a/1.log", indexPath: folder + "/a/1.idx", secrets: secrets.map { Array($0.utf8) }, limit: limit)
        for piece in pieces { try writer.write(Array(piece.utf8)[...]) }
        try writer.flush()
        let text = String(decoding: try Files.readAll(folder + "/a/1.log", limit: 1 << 24), as: UTF8.self)
        #expect(writer.size == Int64(text.utf8.count))
        try Files.removeTree(folder + "/a")
        return text
    }

    @Test func secretsAreMaskedInEveryFormAndAcrossPieces() throws {
        let secret = "p@ss\"word/9"
        #expect(try write(["a p@ss", "\"wo", "rd/9 b"], secrets: [secret]) == "a *** b")
        #expect(try write(["a p@ss\"wo"], secrets: [secret]) == "a p@ss\"wo")
        #expect(try write(["p@ss\\\"word/9 p@ss\\\"word\\/9 p%40ss%22word%2F9 p%40ss%22word%2f9"], secrets: [secret]) == "*** *** *** ***")
        #expect(try write(["\(secret)\(secret)x\(secret)"], secrets: [secret + "\n"]) == "***x***")
        #expect(try write(["abcdefgh abcd cdef"], secrets: ["abcdef", "cdefgh"]) == "*** abcd cdef")
    }

    @Test func base64IsMaskedWhateverStandsBefore() throws {
        let secret = "tOp-s3cr3t value!"
        for before in ["", "u", "us", "use", "user:"] {
            for after in ["", "x", "xy"] {
                let encoded = base64(Array((before + secret + after).utf8))
                let log = try write(encoded.map { String($0) }, secrets: [secret])
                #expect(log.contains("***"))
                // What is left cannot hold more than what stood around, and a part of a character at each end.
                #expect(log.utf8.count - 3 <= (before.utf8.count + after.utf8.count) * 4 / 3 + 8)
            }
        }
    }

    private func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var result = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for index in 0..<4 { result.append(index <= group.count ? alphabet[value >> (18 - 6 * index) & 63] : "=") }
        }
        return result
    }

    @Test func maskingIsThatOfAPlainSearch() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let text = String((0..<60).map { _ in "ab".randomElement(using: &generator) ?? "a" })
            let secrets = (0..<2).map { _ in String((0..<Int.random(in: 4...7)).map { _ in "ab".randomElement() ?? "a" }) }
            var pieces: [String] = []
            var rest = Substring(text)
            while !rest.isEmpty {
                pieces.append(String(rest.prefix(Int.random(in: 1...9))))
                rest = rest.dropFirst(pieces.last?.count ?? 1)
            }
            #expect(try write(pieces, secrets: secrets) == plain(text, secrets), "\(text) \(secrets)")
        }
    }

    private func plain(_ text: String, _ secrets: [String]) -> String {
        let bytes = Array(text.utf8)
        var masked = [Bool](repeating: false, count: bytes.count)
        for secret in secrets.map({ Array($0.utf8) }) {
            for start in 0...(bytes.count - secret.count) where Array(bytes[start..<(start + secret.count)]) == secret {
                for index in start..<(start + secret.count) { masked[index] = true }
            }
        }
        var result = ""
        for (index, byte) in bytes.enumerated() {
            if !masked[index] { result.append(Character(UnicodeScalar(byte))) } else if index == 0 || !masked[index - 1] { result += "***" }
        }
        return result
    }

    @Test func theLimitIsExact() throws {
        #expect(try write(["12345", "67890", "x"], limit: 7) == "1234567")
        let writer = LogWriter(path: folder + "/2.log", indexPath: folder + "/2.idx", limit: 3)
        #expect(try writer.write([1, 2, 3]) == .accepted)
        #expect(writer.isFull)
        #expect(try writer.write([4]) == .full)
    }

    @Test func linesAndPieces() throws {
        let path = folder + "/3.log"
        let long = String(repeating: "y", count: LogReader.longestLine + 10)
        try Files.writeAtomically(Array("one\n\n\(long)\nrest".utf8), to: path)
        var reader = try #require(try LogReader(path: path))
        var lines: [LogReader.Line] = []
        while let line = try reader.nextLine(unfinished: false) { lines.append(line) }
        #expect(lines.map(\.offset) == [0, 4, 5, 5 + Int64(LogReader.longestLine)])
        #expect(lines.map(\.isComplete) == [true, true, false, true])
        #expect(try reader.nextLine()?.bytes == Array("rest".utf8)[...])
        #expect(try reader.nextLine() == nil)
        try Files.open(path, [.write, .append]).writeAll(Array("more\n".utf8))
        #expect(try reader.nextLine() == .init(offset: reader.position - 5, bytes: Array("more".utf8)[...], isComplete: true))
        #expect(try reader.bytes(from: 1, atMost: 2) == Array("ne".utf8)[...])
        var chunks = try #require(try LogReader(path: path, from: 4))
        #expect(try chunks.next(atMost: 1) == [10])
        #expect(try LogReader(path: folder + "/none") == nil)
    }

    @Test func theIndexSurvivesDamage() throws {
        let text =
            "h 0 0 1 \(Int64.max)\nh 0 0 1 1700000000000\ns 0 1 compile it\nt 0 5\nt 100 50\nnonsense\nt 1 1 1 1\ne 150 70 success compile it\ns 150 80 test\nt 160 9"
        try Files.writeAtomically(Array(text.utf8), to: folder + "/5.idx")
        let index = try LogIndex(path: folder + "/5.idx")
        #expect(index.startWallMilliseconds == 1_700_000_000_000)
        #expect(index.phases.count == 2)
        #expect(
            index.phases[0]
                == LogPhase(name: "compile it", start: 0, end: 150, startMilliseconds: 1, endMilliseconds: 70, result: "success"))
        #expect(index.phases[1].end == nil)
        #expect(index.milliseconds(at: 120) == 50 && index.milliseconds(at: 99) == 5)
        #expect(index.phase(at: 149)?.name == "compile it" && index.phase(at: 1_000)?.name == "test")
        let none = try LogIndex(path: folder + "/none.idx")
        #expect(none.phases.isEmpty && none.milliseconds(at: 0) == nil)
    }

    @Test func marksAreSparse() throws {
        let writer = LogWriter(path: folder + "/4.log", indexPath: folder + "/4.idx")
        for _ in 0..<10_000 { try writer.write(Array("0123456789abcdef".utf8)[...]) }
        let lines = try Files.readAll(folder + "/4.idx", limit: 1 << 20).count { $0 == UInt8(ascii: "\n") }
        #expect(lines >= 3 && lines < 100)
    }
}
