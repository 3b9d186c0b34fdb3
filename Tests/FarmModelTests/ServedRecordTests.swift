import FarmModel
import Testing

@testable import FarmModel

/// Records that only a server prints fit their schemas.
@Suite struct ServedRecordTests {
    private func check(_ record: JSONObject, _ schema: RecordSchema, isFull: Bool) {
        let keys = record.members.map(\.key)
        #expect(keys.first == "kind" && record["kind"]?.string == schema.kind)
        let known = ["kind"] + schema.members.map(\.key)
        #expect(Set(keys).subtracting(known).isEmpty)
        for member in schema.members where member.isRequired { #expect(keys.contains(member.key), "\(member.key)") }
        if isFull { #expect(keys == known) }
    }

    @Test func tokens() {
        var token = TokenRecord(id: TokenID(1), name: "ci", role: .admin, owner: nil, createdMilliseconds: 0, expiresMilliseconds: nil)
        check(token.json, .token, isFull: false)
        token.owner = "ann"
        token.expiresMilliseconds = 1
        token.revokedMilliseconds = 2
        token.lastUsedMilliseconds = 3
        check(token.json, .token, isFull: true)
    }

    @Test func messages() {
        let build = BuildRecord(id: BuildID(1), tally: BuildTally(), priority: 0, createdMilliseconds: 0)
        let cursor = EventCursor(epoch: 4, sequence: 5)
        var message = WebhookMessage(id: cursor, type: .jobEnded, timeMilliseconds: 0, build: build)
        check(message.json, .message, isFull: false)
        #expect(message.json["id"]?.string == "4-5")
        message.job = JobRecord(id: JobID(1), build: BuildID(1), identity: JobIdentity(name: "a", architecture: .native))
        message.victims = [WebhookMessage.Victim(id: JobID(2), name: "b")]
        message.victimCount = 7
        check(message.json, .message, isFull: true)
        #expect(JSONValue.array(message.json["victims"]?.array ?? []).text == #"[{"id":"j-000000000002","name":"b"}]"#)
    }
}
