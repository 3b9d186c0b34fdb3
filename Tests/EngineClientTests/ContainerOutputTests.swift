import NIOCore
import Testing

@testable import EngineClient

@Suite struct ContainerOutputTests {
    private func frame(_ stream: UInt8, _ text: String) -> [UInt8] {
        let length = UInt32(text.utf8.count)
        return [stream, 0, 0, 0] + (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) } + Array(text.utf8)
    }

    /// What the pieces come to, the pieces of one stream in a row put together.
    private func read(_ pieces: [[UInt8]]) throws -> [String] {
        let output = ContainerOutput()
        var result: [(ContainerOutput.Stream, [UInt8])] = []
        for piece in pieces {
            for (stream, bytes) in try output.split(ByteBuffer(bytes: piece)) {
                if result.last?.0 == stream {
                    result[result.count - 1].1 += bytes.readableBytesView
                } else {
                    result.append((stream, Array(bytes.readableBytesView)))
                }
            }
        }
        return result.map { "\($0) \(String(decoding: $1, as: UTF8.self))" }
    }

    @Test func framesAreFoundHoweverTheyArrive() throws {
        let bytes = frame(1, "one\n") + frame(2, "") + frame(2, "two") + frame(1, String(repeating: "x", count: 1_000))
        let expected = ["output one\n", "error two", "output " + String(repeating: "x", count: 1_000)]
        for size in 1...40 {
            let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
            #expect(try read(pieces) == expected, "pieces of \(size)")
        }
    }

    @Test func whatIsThereIsPassedOnBeforeTheFrameIsWhole() throws {
        let output = ContainerOutput()
        let parts = try output.split(ByteBuffer(bytes: [1, 0, 0, 0, 255, 255, 255, 255] + Array("begin".utf8)))
        #expect(parts.map { String(buffer: $0.1) } == ["begin"])
    }

    @Test func otherStreamsAreRefused() {
        #expect(throws: ContainerOutput.Malformed.self) { try read([frame(7, "x")]) }
        #expect(throws: ContainerOutput.Malformed.self) { try read([Array("HTTP/1.1 200 OK\r\n".utf8)]) }
    }
}
