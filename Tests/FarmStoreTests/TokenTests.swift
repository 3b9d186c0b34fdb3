import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

@Suite struct TokenTests {
    private let clock = TestClock()
    private let folder: TemporaryFolder
    private let store: Store
    private let ann = Requester(user: "ann", tool: "bf-serve", address: "192.0.2.7")

    init() throws {
        folder = try TemporaryFolder()
        let clock = clock
        store = try StoreOpening(
            directory: StateDirectory(path: folder("state")), command: "test", notice: { _ in }, readClock: { clock.now }
        ).open()
    }

    @Test func whoHasTheSecretIsFound() throws {
        let made = try store.createToken(TokenRequest(name: "ci", role: .submit, owner: "team"), by: ann)
        let other = try store.createToken(TokenRequest(name: "other", role: .admin), by: ann)
        #expect(try store.token(matching: made.secret) == made.record)
        #expect(try store.token(matching: other.secret)?.role == .admin)
        #expect(made.record.owner == "team")
        #expect(try store.token(matching: TokenSecret(random: Array(repeating: 0, count: 32))) == nil)
        #expect(try store.tokens() == [made.record, other.record])
    }

    /// Neither in the database nor in its log.
    @Test func theSecretIsStoredNowhere() throws {
        let secret = try store.createToken(TokenRequest(name: "ci", role: .read), by: ann).secret
        for entry in try Files.entries(of: folder("state")) where entry.type == .regular {
            let bytes = try Files.readAll(folder("state") + "/" + (entry.name ?? ""), limit: 64 << 20)
            #expect(!String(decoding: bytes, as: UTF8.self).contains(secret.text.dropFirst(3)), "\(entry.name ?? "")")
        }
    }

    @Test func expiredAndRevokedOnesAreToldApart() throws {
        let later = clock.now.wallMilliseconds + 1000
        let short = try store.createToken(TokenRequest(name: "short", role: .read, expiresMilliseconds: later), by: ann)
        let revoked = try store.createToken(TokenRequest(name: "gone", role: .read), by: ann)
        _ = try store.revokeToken(revoked.record.id, by: ann)
        clock.advance(1000)
        let now = clock.now.wallMilliseconds
        #expect(try store.token(matching: short.secret)?.validity(at: now) == .expired)
        #expect(try store.token(matching: revoked.secret)?.validity(at: now) == .revoked)
    }

    @Test func aNameIsFreeAgainOnceItsTokenIsRevoked() throws {
        let first = try store.createToken(TokenRequest(name: "ci", role: .read), by: ann).record
        let error = failure { () throws(FarmError) in _ = try store.createToken(TokenRequest(name: "ci", role: .read), by: ann) }
        #expect(error?.status == .badInput)
        #expect(error?.message.contains(first.id.description) == true)
        #expect(try store.token(named: "ci") == first)
        _ = try store.revokeToken(first.id, by: ann)
        #expect(failure { () throws(FarmError) in _ = try store.token(named: "ci") }?.status == .noInput)
        #expect(try store.token(named: first.id.description).id == first.id)
        let second = try store.createToken(TokenRequest(name: "ci", role: .admin), by: ann).record
        #expect(try store.token(named: "ci") == second)
    }

    @Test(arguments: ["", "two words", "line\nbreak", "bell\u{7}", String(repeating: "x", count: 101)])
    func namesThatCannotBeShownAreRefused(name: String) {
        #expect(
            failure { () throws(FarmError) in _ = try store.createToken(TokenRequest(name: name, role: .read), by: ann) }?.status == .usage)
        let owned = TokenRequest(name: "ok", role: .read, owner: name)
        #expect(failure { () throws(FarmError) in _ = try store.createToken(owned, by: ann) }?.status == .usage)
    }

    @Test func whatWouldHaveExpiredIsRefused() {
        let request = TokenRequest(name: "ci", role: .read, expiresMilliseconds: clock.now.wallMilliseconds)
        #expect(failure { () throws(FarmError) in _ = try store.createToken(request, by: ann) }?.status == .usage)
    }

    @Test func usesAreWrittenOnceAMinute() throws {
        let token = try store.createToken(TokenRequest(name: "ci", role: .read), by: ann).record.id
        let uses = TokenUses(store: store)
        func lastUse() throws -> Int64? { try store.tokens().first?.lastUsedMilliseconds }
        let start = clock.now.wallMilliseconds
        uses.note(token)
        #expect(try lastUse() == nil)
        try uses.write()
        #expect(try lastUse() == start)
        clock.advance(59_999)
        uses.note(token)
        try uses.write()
        #expect(try lastUse() == start)
        clock.advance(1)
        uses.note(token)
        try uses.write()
        #expect(try lastUse() == start + 60_000)
        clock.advance(10)
        uses.note(token)
        try uses.write(isLast: true)
        #expect(try lastUse() == start + 60_010)
    }

    @Test func administratorsSeeWhoAskedForWhat() throws {
        let token = try store.createToken(TokenRequest(name: "ci", role: .submit), by: ann).record.id
        _ = try store.revokeToken(token, by: ann)
        _ = try store.revokeToken(token, by: ann)
        let build = try store.submitNew(.independent(2))
        try store.pause(.build(build.id), by: "ann", reason: nil, auditor: ann)
        try store.resume(.build(build.id), auditor: ann)
        _ = try store.cancel(.build(build.id), by: "ann", auditor: ann)
        let job = try #require(try store.jobs(of: build.id).first)
        _ = try store.retry(job.id, auditor: ann)
        _ = try store.cancel(.job(job.id), by: "ann")
        try store.audit(.gc, by: ann, data: ["removed": 3])
        let events = try #require(try store.events(after: EventCursor(epoch: store.epoch, sequence: 0), atMost: 100))
        let audit = events.filter(\.isAudit)
        #expect(
            audit.map(\.event) == [
                "audit.token.created", "audit.token.revoked", "audit.pause", "audit.resume", "audit.cancel", "audit.retry", "audit.gc",
            ])
        #expect(audit.allSatisfy { $0.data?["by"]?.object == ann.json })
        #expect(audit[0].data?["role"]?.string == "submit")
        #expect(audit.map(\.build) == [nil, nil, build.id, build.id, build.id, build.id, nil])
        #expect(audit[5].job == job.id)
        #expect(audit[6].data?["removed"]?.int == 3)
    }

    /// What is not done is not noted either.
    @Test func whatIsRefusedLeavesNoEvent() throws {
        let build = try store.submitNew(.independent(1))
        let job = try #require(try store.jobs(of: build.id).first)
        let before = try store.newestEvent()
        #expect(failure { () throws(FarmError) in _ = try store.retry(job.id, auditor: ann) }?.status == .badInput)
        #expect(failure { () throws(FarmError) in _ = try store.cancel(.build(BuildID(5)), by: "ann", auditor: ann) }?.status == .noInput)
        #expect(try store.newestEvent() == before)
    }
}
