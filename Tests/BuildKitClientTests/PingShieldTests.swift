import EngineClient
import FarmModel
import NIOCore
import NIOEmbedded
import Testing

@testable import BuildKitClient

@Suite struct PingShieldTests {
    private static let ping: [UInt8] = [0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]
    private static let answer: [UInt8] = [0, 0, 8, 6, 1, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]
    /// A frame of data that looks as if there were a PING in it.
    private static let data: [UInt8] = [0, 0, 17, 0, 0, 0, 0, 0, 1] + ping
    private static let acknowledgement: [UInt8] = [0, 0, 8, 6, 1, 0, 0, 0, 0, 8, 8, 8, 8, 8, 8, 8, 8]

    /// What passes and what is answered when the bytes come in pieces of this size.
    private func send(_ bytes: [UInt8], pieces: Int, isServer: Bool = false) throws -> (passed: [UInt8], answered: [UInt8]) {
        let channel = EmbeddedChannel(handler: PingShield(isServer: isServer))
        var rest = bytes[...]
        while !rest.isEmpty {
            try channel.writeInbound(ByteBuffer(bytes: rest.prefix(pieces)))
            rest = rest.dropFirst(pieces)
        }
        var passed: [UInt8] = []
        while let buffer = try channel.readInbound(as: ByteBuffer.self) { passed += Array(buffer.readableBytesView) }
        var answered: [UInt8] = []
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { answered += Array(buffer.readableBytesView) }
        _ = try channel.finish(acceptAlreadyClosed: true)
        return (passed, answered)
    }

    @Test(arguments: [1, 2, 5, 9, 10, 16, 17, 18, 26, 1_000])
    func pingsAreAnsweredAndEverythingElsePasses(_ pieces: Int) throws {
        let bytes = Self.data + Self.ping + Self.acknowledgement + Self.ping + Self.ping + Self.data
        let result = try send(bytes, pieces: pieces)
        #expect(result.passed == Self.data + Self.acknowledgement + Self.data)
        #expect(result.answered == Self.answer + Self.answer + Self.answer)
    }

    @Test(arguments: [1, 7, 24, 25, 1_000])
    func theClientsPrefacePasses(_ pieces: Int) throws {
        let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
        let result = try send(preface + Self.ping + Self.data, pieces: pieces, isServer: true)
        #expect(result.passed == preface + Self.data)
        #expect(result.answered == Self.answer)
    }

    @Test func aPingOfAnotherLengthIsForOthersToRefuse() throws {
        let bytes: [UInt8] = [0, 0, 7, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7]
        let result = try send(bytes, pieces: 3)
        #expect(result.passed == bytes)
        #expect(result.answered.isEmpty)
    }
}

@Suite struct ContainerConnectionTests {
    @Test func standardOutputIsTakenOutOfTheStream() throws {
        let channel = EmbeddedChannel(handler: StreamDemultiplexer())
        let bytes: [UInt8] = [
            1, 0, 0, 0, 0, 0, 0, 3, 65, 66, 67, 2, 0, 0, 0, 0, 0, 0, 1, 88, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 68,
        ]
        for byte in bytes { try channel.writeInbound(ByteBuffer(bytes: [byte])) }
        var output = ""
        while let buffer = try channel.readInbound(as: ByteBuffer.self) { output += String(buffer: buffer) }
        #expect(output == "ABCD")
        _ = try channel.finish()
    }

    @Test func theIdentifierOfACommandIsReadAndChecked() throws {
        #expect(try EngineCommand.identifier(in: "HTTP/1.1 201 Created\r\n\r\n{\"Id\":\"0af3\"}\n") == "0af3")
        for answer in ["{\"Id\":\"../x\"}", "{\"Id\":\"\"}", "{\"message\":\"No such container\"}", ""] {
            #expect(throws: UpgradeHandler.Refusal.self) { try EngineCommand.identifier(in: answer) }
        }
    }
}

@Suite struct EndpointTests {
    @Test(arguments: [
        "tcp://host:1", "tcp://[::1]:1234", "unix:///run/x.sock", "docker:///run/docker.sock", "docker://host:2376",
        "docker-container://builder-0",
    ])
    func addressesAreRead(_ address: String) throws { #expect(try Endpoint(address).address == address) }

    @Test(arguments: [
        "", "host:1", "tcp://host", "tcp://:1", "tcp://host:0", "tcp://host:99999", "tcp://a/b:1", "unix://relative", "docker://",
        "docker-container://a b",
        "docker-container://", "docker-container://a/../b", "unix:///" + String(repeating: "x", count: 120),
    ])
    func othersAreRefused(_ address: String) { #expect(throws: (any Error).self) { try Endpoint(address) } }

    @Test func whatIsInsideDockerdIsKnown() throws {
        #expect(try Endpoint("docker-container://name") { _ in nil }.place == .unix(path: "/var/run/docker.sock"))
        #expect(try Endpoint("docker-container://name") { _ in "unix:///other" }.place == .unix(path: "/other"))
        #expect(throws: FarmError.self) { try Endpoint("docker-container://name") { _ in "tcp://far:2375" } }
        #expect(try Endpoint("docker:///run/docker.sock").isEmbedded)
        #expect(try !Endpoint("unix:///run/x.sock").isEmbedded)
        #expect(try Endpoint("docker-container://b").upgrade == .container("b"))
    }
}
