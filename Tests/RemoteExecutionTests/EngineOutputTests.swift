import HostSystem
import NIOCore
import Testing

@testable import RemoteExecution

@Suite struct EngineOutputTests {
    @Test func outputWaitsForItsReader() async throws {
        let (readEnd, writeEnd) = try Descriptor.pipe()
        let pipe = try EngineOutput(writeEnd)
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 3) }
        async let read = Task.detached { try readEnd.readAll(limit: 2_000_000) }.value
        for start in stride(from: 0, to: bytes.count, by: 70_001) {
            try await pipe.write(ByteBuffer(bytes: bytes[start..<min(start + 70_001, bytes.count)]))
        }
        pipe.close()
        #expect(try await read == bytes)
    }

    @Test func nobodyWaitsForOutputThatIsNotWanted() async throws {
        let (readEnd, writeEnd) = try Descriptor.pipe()
        let pipe = try EngineOutput(writeEnd)
        async let written: Void = pipe.write(ByteBuffer(bytes: [UInt8](repeating: 1, count: 1_000_000)))
        // The pipe is full once something can be read.
        _ = try Poller.wait([.init(readEnd, .readable)], timeoutMilliseconds: 10_000)
        pipe.discard()
        try await written
    }

    @Test func aReaderThatLeftIsNoError() async throws {
        let (readEnd, writeEnd) = try Descriptor.pipe()
        try SignalDisposition.ignore(.brokenPipe)
        let pipe = try EngineOutput(writeEnd)
        readEnd.close()
        try await pipe.write(ByteBuffer(bytes: [1]))
    }
}
