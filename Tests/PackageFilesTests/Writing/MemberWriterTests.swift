import FarmModel
import TestSupport
import Testing

@testable import PackageFiles

@Suite struct MemberWriterTests {
    /// Bytes that can be compressed a little, the same each time.
    private func content(_ count: Int) -> [UInt8] {
        var state: UInt32 = 1
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 28)
        }
    }

    private final class Sink {
        var bytes: [UInt8] = []
    }

    private func member(of content: [UInt8], processors: Int, step: Int) throws -> [UInt8] {
        let sink = Sink()
        var writer = MemberWriter(processors: processors) { sink.bytes += $0 }
        var rest = content[...]
        while !rest.isEmpty {
            try writer.write(Array(rest.prefix(step)))
            rest = rest.dropFirst(step)
        }
        try writer.finish()
        return sink.bytes
    }

    @Test func theProcessorsDoNotMatter() throws {
        let size = MemberWriter.pieceSize
        for count in [0, 1, size - 1, size, size + 1, 3 * size, 3 * size + 77] {
            let content = content(count)
            let one = try member(of: content, processors: 1, step: 100_000)
            for (processors, step) in [(2, 100_000), (3, size), (8, 4 * size)] {
                #expect(try member(of: content, processors: processors, step: step) == one, "\(count) bytes, \(processors) processors")
            }
        }
    }

    @Test func pythonReadsIt() throws {
        let place = try TemporaryFolder()
        let size = MemberWriter.pieceSize
        for count in [0, 1, size, 2 * size + 5] {
            let content = content(count)
            let name = "\(count).gz"
            try place.write(try member(of: content, processors: 2, step: size / 3), to: name)
            let digest = try place.python("import gzip, hashlib; print(hashlib.sha256(gzip.open('\(name)').read()).hexdigest())")
            #expect(digest == Digest.of(content).hex + "\n")
        }
    }

    @Test func piecesReferToThoseBefore() throws {
        let piece = content(20_000)
        let alone = try Deflate.compress(piece, after: [], isLast: true)
        let after = try Deflate.compress(piece, after: content(MemberWriter.pieceSize - 20_000) + piece, isLast: true)
        #expect(after.count < alone.count / 20)
    }

    @Test func aFaultOfTheOutputEndsTheWork() {
        var writer = MemberWriter(processors: 2) { _ throws(FarmError) in throw FarmError(.inputOutput, "full") }
        #expect(throws: FarmError(.inputOutput, "full")) { try Self.finish(&writer) }
    }

    private static func finish(_ writer: inout MemberWriter) throws { try writer.finish() }
}
