import Glibc
import Testing

@testable import HostSystem

@Suite struct UnixSocketTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    @Test func onlyThoseMayConnectWhoTheModeLets() throws {
        let path = folder("socket")
        let socket = try UnixSocket.listen(at: path, mode: 0o600)
        let status = try Files.status(path)
        #expect(status.type == .socket && status.permissions == 0o600)
        #expect(socket.number >= 0)
    }

    @Test func aSocketInUseIsLeft() throws {
        let path = folder("socket")
        let first = try UnixSocket.listen(at: path, mode: 0o600)
        let before = try Files.status(path)
        let error = #expect(throws: SystemError.self) { try UnixSocket.listen(at: path, mode: 0o600) }
        #expect(error?.code == EADDRINUSE)
        #expect(try Files.status(path) == before)
        first.close()
    }

    @Test func aSocketOfTheDeadIsReplaced() throws {
        let path = folder("socket")
        try UnixSocket.listen(at: path, mode: 0o600).close()
        #expect(try Files.status(path).type == .socket)
        let second = try UnixSocket.listen(at: path, mode: 0o660)
        #expect(try Files.status(path).permissions == 0o660)
        #expect(second.number >= 0)
    }

    @Test func anythingElseIsLeft() throws {
        let path = try folder.write("precious", to: "file")
        let error = #expect(throws: SystemError.self) { try UnixSocket.listen(at: path, mode: 0o600) }
        #expect(error?.code == EADDRINUSE)
        #expect(try Files.readAll(path, limit: 100) == Array("precious".utf8))
    }

    @Test func aLinkIsNotFollowed() throws {
        let path = folder("link")
        try Files.makeSymbolicLink(path, target: folder("elsewhere"))
        #expect(throws: SystemError.self) { try UnixSocket.listen(at: path, mode: 0o600) }
    }

    @Test func aPathHasItsLimit() {
        let error = #expect(throws: SystemError.self) { try UnixSocket.listen(at: "/" + String(repeating: "a", count: 107), mode: 0o600) }
        #expect(error?.code == ENAMETOOLONG)
    }
}
