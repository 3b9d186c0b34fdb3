import FarmModel
import HostSystem
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (1_795_217_400_123, "2026-11-20T23:30:00.123Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
            (-62_162_035_200_001, "0000-02-29T23:59:59.999Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"), (-2_203_891_200_001, "1900-02-28T23:59:59.999Z"),
        ] as [(Int64, String)])
    func bothWays(milliseconds: Int64, text: String) {
        #expect(Timestamp.format(milliseconds: milliseconds) == text)
        #expect(Timestamp.parse(text) == milliseconds)
    }

    @Test func whatCannotBeWrittenIsClamped() {
        #expect(Timestamp.format(milliseconds: .max) == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp.format(milliseconds: .min) == "0000-01-01T00:00:00.000Z")
    }

    @Test(
        arguments: [
            ("2026-11-21T01:30:00.123+02:00", 1_795_217_400_123), ("2026-11-20T18:00:00.1239999-05:30", 1_795_217_400_123),
            ("2026-11-20t23:30:00z", 1_795_217_400_000), ("2026-11-20T23:30:00.5Z", 1_795_217_400_500),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("1970-01-01T00:00:00-00:00", 0),
        ] as [(String, Int64)])
    func otherSpellings(text: String, milliseconds: Int64) {
        #expect(Timestamp.parse(text) == milliseconds)
    }

    @Test(arguments: [
        "", "2026", "2026-11-20", "2026-11-20T23:30:00", "2026-11-20 23:30:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-20T24:00:00Z",
        "2026-11-20T23:60:00Z", "2026-11-20T23:30:61Z", "2026-11-20T23:30:00.Z", "2026-11-20T23:30:00Z ", "2026-11-20T23:30:00+2:00",
        "2026-11-20T23:30:00+24:00", "+026-11-20T23:30:00Z", "2026-11-20T23:30:00+02", "２026-11-20T23:30:00Z", "2026-11-20T23:30:00é",
        "9999-12-31T23:59:60Z", "0000-01-01T00:00:00+00:01",
    ])
    func whatIsNoneIsRefused(text: String) {
        #expect(Timestamp.parse(text) == nil)
    }

    /// Two thousand points of time over all years, against the `date` of the system.
    @Test func asTheSystemHasIt() throws {
        var generator = SystemRandomNumberGenerator()
        let seconds = (0..<2000).map { _ in Int64.random(in: -62_167_219_200...253_402_300_799, using: &generator) }
        let input = seconds.map { "@\($0)\n" }.joined()
        let result = try Subprocess.run(
            ["date", "-u", "-f", "-", "+%Y-%m-%dT%H:%M:%S.000Z"], environment: ["PATH=/usr/bin:/bin"], input: Array(input.utf8),
            deadline: Clock.boottimeMilliseconds + 60_000)
        let expected = String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(result.isSuccess)
        #expect(seconds.map { Timestamp.format(milliseconds: $0 * 1000) } == expected)
        #expect(expected.map(Timestamp.parse) == seconds.map { $0 * 1000 })
    }
}
