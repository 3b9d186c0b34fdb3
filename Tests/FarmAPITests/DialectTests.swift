import FarmAPI
import Testing

@Suite struct DialectTests {
    @Test(arguments: [
        (#"{"packages":["editors/vim"]}"#, Dialect.dsynth), (#"{"packages":[]}"#, .dsynth), (#"{"packages":"x","configs":[]}"#, .dsynth),
        (#"{"config_yaml":"x"}"#, .melange), (#"{"configs":["x"]}"#, .melange), (#"{"git_source":{}}"#, .melange),
        (#"{"config_yaml":"x"} # comment"#, .melange), ("{}", .melange), ("", .melange), ("  \n", .melange), ("[]", .melange),
        ("{bad", .melange), ("[1,", .melange), (#"{"arch":"x86_64"}"#, .melange), ("just words", .melange), ("null", .melange),
        (#"{"name":"a","run":"make"}"#, .native), (#"{"kind":"spec","name":"a"}"#, .native),
        ("{\"name\":\"a\",\"run\":\"x\"}\n{\"name\":\"b\",\"run\":\"y\"}\n", .native), ("name: a\nrun: make\n", .native),
        ("---\nname: a\nrun: make\n---\nname: b\nrun: make\n", .native), ("name: a\n\trun: make\n", .native),
        ("{name: a, run: make}", .native),
    ]) func buildRequestBelongsTo(_ body: String, _ dialect: Dialect) {
        #expect(Dialect.ofBuildRequest(Array(body.utf8)) == dialect)
    }

    @Test(arguments: [
        (#"{"config_yaml":"x"}"#, Dialect.melange), ("{}", .melange), ("", .melange), ("{", .melange), ("name: a\nrun: make\n", .native),
        (#"{"name":"a","run":"make"}"#, .native), (#"{"config_yaml":"x","name":"a"}"#, .melange),
    ]) func jobRequestBelongsTo(_ body: String, _ dialect: Dialect) {
        #expect(Dialect.ofJobRequest(Array(body.utf8)) == dialect)
    }

    @Test(arguments: [
        ("abc12345", Dialect.melange), ("bld-0011aabb", .melange), ("550e8400-e29b-41d4-a716-446655440000", .dsynth),
        ("b-1jkmszy4r000", .native), ("j-1j", .native), ("a-1jkmszy4r000", .native),
    ]) func idBelongsTo(_ id: String, _ dialect: Dialect) { #expect(Dialect.ofID(id) == dialect) }

    @Test(arguments: [
        "", "abc-123", "ABC12345", "abc1234", "abc123456", "abcdefgh", "bld-0011aabg", "bld-0011aabbc",
        "550e8400-e29b-41d4-a716-44665544000",
        "550e8400e29b-41d4-a716-4466554400000", "550E8400-E29B-41D4-A716-446655440000", "b1", "../../etc/passwd",
    ]) func idOfNobody(_ id: String) { #expect(Dialect.ofID(id) == nil) }

    @Test func idsAreMadeOfRandomBytes() {
        let bytes = (0..<16).map { UInt8($0 * 17) }
        #expect(DialectID.melangeJob.text(random: bytes) == "00112233")
        #expect(DialectID.melangeBuild.text(random: bytes) == "bld-00112233")
        #expect(DialectID.dsynthBuild.text(random: bytes) == "00112233-4455-4677-8899-aabbccddeeff")
        for kind in [DialectID.melangeJob, .melangeBuild, .dsynthBuild] { #expect(DialectID(of: kind.text(random: bytes)) == kind) }
    }

    @Test(arguments: [
        ("bld-xxx", Dialect.melange), ("nothing", .melange), ("", .melange), ("abc-123", .dsynth), ("b-1jkmszy4r000", .native),
    ]) func unknownBuildIsTold(_ id: String, _ dialect: Dialect) { #expect(Dialect.ofBuildPath(id) == dialect) }
}
