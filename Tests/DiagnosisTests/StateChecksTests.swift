import FarmModel
import FarmStore
import Testing

@testable import Diagnosis

@Suite struct StateChecksTests {
    @Test(
        arguments: [
            (StateFolderFacts.Kind.missing(canBeMade: true), CheckRecord.Verdict.absent), (.missing(canBeMade: false), .problem),
            (.noFolder, .problem), (.unreadable("cannot examine /x: Permission denied"), .problem),
            (.folder(permissions: 0o700, owner: 7, isUsable: true), .ok), (.folder(permissions: 0o750, owner: 7, isUsable: true), .warning),
            (.folder(permissions: 0o700, owner: 8, isUsable: true), .warning),
            (.folder(permissions: 0o700, owner: 8, isUsable: false), .problem),
        ])
    func theFolder(_ kind: StateFolderFacts.Kind, _ verdict: CheckRecord.Verdict) {
        let check = StateFolderFacts(path: "/x", kind: kind, user: 7).check
        #expect(check.verdict == verdict)
        #expect((check.remedy != nil) == (verdict == .warning || verdict == .problem))
    }

    @Test func aModeThatOthersCanReadIsNamed() {
        let kind = StateFolderFacts.Kind.folder(permissions: 0o755, owner: 7, isUsable: true)
        #expect(StateFolderFacts(path: "/x", kind: kind, user: 7).check.found.contains("0755"))
    }

    private func fileSystem(_ change: (inout FileSystemFacts) -> Void = { _ in }) -> [String: CheckRecord] {
        var facts = FileSystemFacts(
            type: 0xEF53, isNetwork: false, freeBytes: 10 << 30, totalBytes: 100 << 30, freeInodes: 1_000_000, totalInodes: 2_000_000)
        change(&facts)
        return Dictionary(uniqueKeysWithValues: facts.checks.map { ($0.name, $0) })
    }

    @Test func theFileSystem() {
        #expect(fileSystem().values.allSatisfy { $0.verdict == .ok && $0.remedy == nil })
        #expect(fileSystem()["disk"]?.found == "10.0 GiB of 100.0 GiB free")
        let network = fileSystem {
            $0.type = 0x6969
            $0.isNetwork = true
        }
        #expect(network["file-system"]?.verdict == .problem)
        #expect(network["file-system"]?.found.hasPrefix("NFS") == true)
        #expect(fileSystem { $0.type = 0x0102_1994 }["file-system"]?.verdict == .warning)
        #expect(fileSystem { $0.type = 0x1234 }["file-system"]?.found == "type 0x1234")
    }

    @Test(arguments: [(UInt64(10 << 30), CheckRecord.Verdict.ok), (1 << 30, .warning), (100 << 20, .problem), (0, .problem)])
    func room(_ free: UInt64, _ verdict: CheckRecord.Verdict) {
        #expect(fileSystem { $0.freeBytes = free }["disk"]?.verdict == verdict)
    }

    @Test(arguments: [
        (UInt64(1_000_000), UInt64(2_000_000), CheckRecord.Verdict.ok), (50_000, 60_000, .warning), (9, 60_000, .problem), (0, 0, .ok),
    ])
    func inodes(_ free: UInt64, _ total: UInt64, _ verdict: CheckRecord.Verdict) {
        let checks = fileSystem {
            $0.freeInodes = free
            $0.totalInodes = total
        }
        #expect(checks["inodes"]?.verdict == verdict)
    }

    private func content(_ change: (inout StateContentFacts) -> Void = { _ in }) -> [String: CheckRecord] {
        var survey = DatabaseSurvey(isOurs: true, schema: DatabaseSurvey.knownSchema, newestEventMilliseconds: 1)
        survey.outbox = OutboxSurvey(waiting: 1, abandoned: 0)
        var facts = StateContentFacts(database: .readable(survey), key: .init(permissions: 0o600, size: 32), reserveBytes: 16 << 20)
        change(&facts)
        return Dictionary(uniqueKeysWithValues: facts.checks.map { ($0.name, $0) })
    }

    private func schema(_ number: Int64, isOurs: Bool = true) -> CheckRecord.Verdict? {
        content { $0.database = .readable(DatabaseSurvey(isOurs: isOurs, schema: number, newestEventMilliseconds: nil)) }["schema"]?.verdict
    }

    @Test func theSchema() {
        #expect(schema(DatabaseSurvey.knownSchema) == .ok)
        #expect(schema(DatabaseSurvey.knownSchema + 1) == .problem)
        #expect(schema(DatabaseSurvey.knownSchema - 1) == .warning)
        #expect(schema(DatabaseSurvey.knownSchema, isOurs: false) == .problem)
        #expect(content { $0.database = .missing }["schema"]?.verdict == .absent)
        let broken = content { $0.database = .unreadable(FarmError(.configuration, "it is no database; restore it from a copy")) }
        #expect(broken["schema"] == CheckRecord("schema", .problem, "it is no database", remedy: "restore it from a copy"))
    }

    @Test func theKeyAndTheReserve() {
        #expect(content().values.allSatisfy { $0.verdict == .ok })
        #expect(content { $0.key = nil }["secret-key"]?.verdict == .absent)
        #expect(content { $0.key?.permissions = 0o644 }["secret-key"]?.verdict == .problem)
        #expect(content { $0.key?.size = 31 }["secret-key"]?.verdict == .problem)
        #expect(content { $0.reserveBytes = nil }["reserve"]?.verdict == .absent)
        #expect(content { $0.reserveBytes = 5 }["reserve"]?.verdict == .absent)
    }

    @Test func messagesThatWereGivenUp() {
        #expect(content()["webhooks"]?.found == "1 message to deliver")
        var survey = DatabaseSurvey(isOurs: true, schema: DatabaseSurvey.knownSchema, newestEventMilliseconds: 1)
        #expect(content { $0.database = .readable(survey) }["webhooks"]?.verdict == .absent)
        survey.outbox = OutboxSurvey(waiting: 0, abandoned: 2, newest: .init(place: "https://a.example", reason: "it answered 500"))
        let check = content { $0.database = .readable(survey) }["webhooks"]
        #expect(check?.verdict == .warning)
        #expect(check?.found == "2 messages to webhooks given up, the newest to https://a.example: it answered 500")
        #expect(check?.remedy != nil)
    }
}
