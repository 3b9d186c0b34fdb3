import NIOCore
import Testing

@testable import EngineClient

@Suite struct ObjectSplitterTests {
    private func split(_ text: String, by size: Int) throws -> [String] {
        let splitter = ObjectSplitter()
        let bytes = Array(text.utf8)
        return try stride(from: 0, to: bytes.count, by: size).flatMap { start in
            try splitter.split(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)])).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test(arguments: 1...9) func objectsAreFoundWithAndWithoutLineEnds(size: Int) throws {
        let objects = [#"{"a":{"b":1}}"#, #"{"text":"} { \" \\"}"#, "{}"]
        #expect(try split(objects.joined(separator: "\r\n") + "\n", by: size) == objects)
        #expect(try split(objects.joined(), by: size) == objects)
    }

    @Test func anObjectWithoutEndIsRefused() {
        #expect(throws: ObjectSplitter.TooLong.self) { try split("{" + String(repeating: "x", count: 2 << 20), by: 65_536) }
    }
}
