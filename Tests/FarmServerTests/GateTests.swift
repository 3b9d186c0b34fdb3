import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import HostSystem
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import FarmServer

@Suite struct GateTests {
    private let farm: TestFarm

    init() throws { farm = try TestFarm() }

    private func gate(needsKey: Bool = false, allowsAnybody: Bool = false, rate: Int = 200) -> Gate {
        Gate(
            store: farm.store, needsKey: needsKey, allowsAnybody: allowsAnybody, asksForCertificates: false, webTokens: nil,
            uses: TokenUses(store: farm.store), rate: RateLimit(perSecond: rate))
    }

    /// The status and code of the refusal; nil if it was let in, as whom is told in `caller`.
    private func refusal(
        _ gate: Gate, to role: Role?, host: String = "127.0.0.1", origin: String? = nil, key: String? = nil
    ) async -> String? {
        var fields = HTTPFields()
        fields[.origin] = origin
        fields[.apiKey] = key
        let head = HTTPRequest(method: .get, scheme: "http", authority: host, path: "/", headerFields: fields)
        let context = FarmRequestContext(source: .init(channel: EmbeddedChannel(), logger: Logger(label: "test")))
        do throws(Problem) {
            try await gate.admit(Request(head: head, body: .init(buffer: ByteBuffer())), context, to: role)
            return nil
        } catch { return "\(error.status) \(error.code)" }
    }

    @Test func thisMachineNeedsNoKey() async {
        for role in Role.allCases { #expect(await refusal(gate(), to: role) == nil) }
        #expect(await refusal(gate(), to: .read, host: "evil.example") == "403 foreign_host")
        #expect(await refusal(gate(), to: .read, origin: "http://evil.example") == "403 foreign_origin")
        #expect(await refusal(gate(), to: .read, origin: "http://localhost:3000") == nil)
        #expect(await refusal(gate(), to: nil, host: "evil.example") == "403 foreign_host")
    }

    @Test func elsewhereAKeyIsNeeded() async {
        #expect(await refusal(gate(needsKey: true), to: .read) == "401 no_key")
        #expect(await refusal(gate(needsKey: true), to: nil, host: "farm.example") == nil)
        #expect(await refusal(gate(needsKey: true), to: .read, key: "bf_nonsense") == "401 unknown_key")
        #expect(await refusal(gate(needsKey: true), to: .read, key: "a.b.c") == "401 unknown_key")
        #expect(await refusal(gate(allowsAnybody: true), to: .admin, host: "farm.example") == nil)
    }

    @Test func aWrongKeyIsRefusedWhereNoneIsNeeded() async {
        #expect(await refusal(gate(), to: .read, key: "bf_nonsense") == "401 unknown_key")
        #expect(await refusal(gate(allowsAnybody: true), to: .read, key: "bf_nonsense") == "401 unknown_key")
    }

    private func key(_ role: Role, expires: Int64? = nil) throws -> (id: TokenID, text: String) {
        let request = TokenRequest(name: "\(role)-\(expires ?? 0)", role: role, expiresMilliseconds: expires)
        let (record, secret) = try farm.store.createToken(request, by: Requester())
        return (record.id, secret.text)
    }

    @Test func aKeyMayWhatItsRoleMay() async throws {
        for role in Role.allCases {
            let key = try key(role).text
            for wanted in Role.allCases {
                #expect(await refusal(gate(needsKey: true), to: wanted, key: key) == (role >= wanted ? nil : "403 forbidden"))
            }
        }
    }

    @Test func keysEnd() async throws {
        let gate = gate(needsKey: true)
        let (id, text) = try key(.admin)
        #expect(await refusal(gate, to: .admin, key: text) == nil)
        _ = try farm.store.revokeToken(id, by: Requester())
        #expect(await refusal(gate, to: .admin, key: text) == "401 revoked_key")
        let short = try key(.admin, expires: Clock.wallMilliseconds + 50).text
        while await refusal(gate, to: .admin, key: short) == nil { try await Task.sleep(for: .milliseconds(10)) }
        #expect(await refusal(gate, to: .admin, key: short) == "401 expired_key")
    }

    @Test func aKeyHasItsRate() async throws {
        let gate = gate(needsKey: true, rate: 1)
        let (one, other) = (try key(.read).text, try key(.submit).text)
        var answers: [String?] = []
        // On a slow machine some come back while they are used.
        while answers.count < 1_000, answers.last.flatMap(\.self) == nil { answers.append(await refusal(gate, to: .read, key: one)) }
        #expect(answers.count > 5 && answers.last == "429 too_many_requests")
        #expect(await refusal(gate, to: .read, key: other) == nil)
    }
}
