import FarmModel
import Testing

@testable import FarmConfiguration

@Suite struct BackendsFileTests {
    private func read(_ text: String) throws(FarmError) -> BackendsFile { try BackendsFile(path: "/f", bytes: Array(text.utf8)) }

    private func problem(_ text: String) -> String {
        do throws(FarmError) {
            _ = try read(text)
            return ""
        } catch {
            return error.message
        }
    }

    @Test func aFileOfMelangesServerIsReadAsItIs() throws {
        let file = try read(
            """
            backends:
              - {addr: "tcp://one:1234", arch: x86_64, maxJobs: 3, labels: {tier: fast, level: 7}}
              - {addr: "tcp://two:1234", arch: aarch64, maxJobs: 0}
            defaultMaxJobs: 2
            failureThreshold: 5
            recoveryTimeout: 45s
            """)
        #expect(file.backends.map(\.address) == ["tcp://one:1234", "tcp://two:1234"])
        #expect(file.backends.map(\.maxJobs) == [3, nil])
        #expect(file.backends[0].labels == ["tier": "fast", "level": "7"])
        #expect(file.backends.map(\.kind) == [.buildkit, .buildkit])
        #expect(file.backends.map(\.weight) == [1, 1])
        #expect(file.backends.allSatisfy { $0.tls == nil && $0.givenKind == nil && $0.emulates.isEmpty && $0.runtime == nil })
        #expect((file.pool.maxJobs, file.pool.failureThreshold, file.pool.recoveryMilliseconds) == (2, 5, 45_000))
    }

    @Test func aBackendMayHaveMore() throws {
        let backend = try #require(
            try read(
                """
                backends:
                  - addr: docker://ten.example:2376
                    arch: x86_64
                    kind: engine
                    weight: 2
                    emulates: [arm64, riscv64]
                    runtime: runsc
                    tls: {ca: /tls/ca.pem, cert: /tls/client.pem, key: /tls/client-key.pem, serverName: docker}
                    registryAuth: /etc/bf/registries.json
                """
            ).backends.first)
        #expect(backend.kind == .engine)
        #expect(backend.weight == 2)
        #expect(backend.emulates == ["aarch64", "riscv64"])
        #expect(backend.runtime == "runsc")
        #expect(backend.registryAuth == "/etc/bf/registries.json")
        let tls = try #require(backend.tls)
        #expect(
            [tls.authority, tls.certificate, tls.key, tls.serverName] == [
                "/tls/ca.pem", "/tls/client.pem", "/tls/client-key.pem", "docker",
            ])
        // What is stored gives the same backend again.
        #expect(BackendRecord(address: backend.address, settings: backend.settings) == backend)
    }

    @Test func anEmptyMappingTrustsWhatTheSystemTrusts() throws {
        #expect(try read("backends: [{addr: \"tcp://a:1\", arch: x86_64, tls: {}}]").backends.first?.tls == BackendTLS())
    }

    @Test(arguments: [
        ("kind: docker", "kind"), ("kind: sandbox", "does not go with tcp://a:1"), ("weight: 0", "weight"), ("weight: 101", "weight"),
        ("emulates: [pdp11]", "emulates"), ("tls: {ca: ca.pem}", "absolute path"), ("tls: {cert: /c}", "cert and key go together"),
        ("tls: {verify: false}", "verify"), ("runtimes: runsc", "runtimes"), ("tls: yes", "ca, cert, key and serverName"),
    ])
    func whatIsWrongIsNamedWithItsLine(line: String, words: String) {
        let message = problem("backends:\n  - addr: tcp://a:1\n    arch: x86_64\n    \(line)\n")
        #expect(message.contains(words), "\(message)")
        #expect(message.hasPrefix("/f:4: "), "\(message)")
    }
}
