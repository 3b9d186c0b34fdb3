import EngineClient
import Execution
import FarmModel
import HostSystem
import Testing

@testable import RemoteExecution

/// Credentials for registries, out of files as `docker login` writes them.
@Suite struct RegistryLoginsTests {
    private let path = "/tmp/bf-logins-\(RandomBytes.hexadecimal(8)).json"

    private func logins(_ text: String) throws -> RegistryLogins {
        try Files.writeAtomically(Array(text.utf8), to: path, mode: 0o600)
        return RegistryLogins(path)
    }

    @Test func formsOfEntries() throws {
        let logins = try logins(
            #"""
            {"auths": {"a.example:5000": {"auth": "dXNlcjpwYXNzOndvcmQ="}, "https://b.example/v1/": {"username": "eve", "password": "x"},
             "c.example": {"auth": "MDAwOg==", "identitytoken": "token"}, "https://index.docker.io/v1/": {"auth": "aHViOnk="},
             "d.example": {}, "e.example": {"auth": "????"}}, "credsStore": "desktop"}
            """#)
        defer { try? Files.removeFile(path) }
        #expect(try logins.login(to: "a.example:5000")?.pair ?? ("", "") == ("user", "pass:word"))
        #expect(try logins.login(to: "b.example")?.credentials.user == "eve")
        let token = try #require(try logins.login(to: "c.example"))
        #expect(token.pair == ("", "token"))
        #expect(token.credentials.identityToken == "token")
        // The registry of names without one goes by several.
        #expect(try logins.login(to: "docker.io")?.user == "hub")
        #expect(try logins.login(to: "registry-1.docker.io")?.user == "hub")
        #expect(try logins.login(to: "a.example") == nil)
        #expect(try logins.login(to: "notdocker.io") == nil)
        #expect(throws: ExecutionFailure.self) { try logins.login(to: "d.example") }
        #expect(throws: ExecutionFailure.self) { try logins.login(to: "e.example") }
    }

    @Test func filesThatCannotBeUsed() throws {
        let broken = try logins("no JSON, but a secret")
        defer { try? Files.removeFile(path) }
        let error = #expect(throws: ExecutionFailure.self) { try broken.login(to: "a.example") }
        #expect(error?.message.contains(path) == true)
        #expect(error?.message.contains("a secret") == false)
        #expect(throws: ExecutionFailure.self) { try RegistryLogins("/nonexistent/file").login(to: "a.example") }
    }

    @Test func theRunnersOwnFile() throws {
        let home = RegistryLogins(nil) { $0 == "HOME" ? "/nonexistent" : nil }
        #expect(home.path == "/nonexistent/.docker/config.json")
        // Nobody has to have one.
        #expect(try home.login(to: "a.example") == nil)
        #expect(RegistryLogins(nil) { $0 == "DOCKER_CONFIG" ? "/folder" : "/home" }.path == "/folder/config.json")
        #expect(RegistryLogins(nil) { _ in nil }.path == nil)
    }
}
