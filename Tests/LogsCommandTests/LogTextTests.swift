import FarmModel
import FarmStore
import Testing
import ToolKit

@testable import LogsCommand

@Suite struct LogTextTests {
    private func encoded(_ bytes: [UInt8]) -> (text: String, isText: Bool) {
        var buffer: [UInt8] = []
        let isText = LogText.append(bytes[...], to: &buffer)
        return (String(decoding: buffer, as: UTF8.self), isText)
    }

    @Test func textIsThatOfAJSONString() throws {
        for text in ["", "plain", "tab\tquote\"back\\slash", "\u{1B}[31mré\r\u{0}\u{7F}😀", "line\u{2028}"] {
            let (json, isText) = encoded(Array(text.utf8))
            #expect(isText)
            #expect(try JSONParser.parse(json).string == text)
            #expect(json == JSONValue.string(text).text)
        }
    }

    @Test func whatIsNoTextKeepsItsPlace() throws {
        let cases: [([UInt8], String)] = [
            ([0x61, 0xFF, 0x62], "a\u{FFFD}b"), ([0xC3], "\u{FFFD}"), ([0xE2, 0x82], "\u{FFFD}\u{FFFD}"),
            ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"), ([0xF5, 0x80], "\u{FFFD}\u{FFFD}"),
        ]
        for (bytes, expected) in cases {
            let (json, isText) = encoded(bytes)
            #expect(!isText)
            #expect(try JSONParser.parse(json).string == expected)
        }
    }

    @Test func numbers() {
        var buffer: [UInt8] = []
        for number: Int64 in [0, 9, 10, 1_234_567_890_123] { LogText.append(number, to: &buffer) }
        #expect(String(decoding: buffer, as: UTF8.self) == "09101234567890123")
    }

    @Test func times() {
        #expect(PointInTime(argument: "2026-11-20T23:30:00Z") == .at(1_795_217_400_000))
        #expect(PointInTime(argument: "2026-11-20") == .at(1_795_132_800_000))
        #expect(PointInTime(argument: "1h30m")?.wallMilliseconds(now: 6_000_000) == 600_000)
        #expect(PointInTime(argument: "yesterday") == nil && PointInTime(argument: "") == nil && PointInTime(argument: "-5m") == nil)
        #expect(LineCount(argument: "all") == .all && LineCount(argument: "0") == .last(0))
        #expect(LineCount(argument: "-1") == nil && LineCount(argument: "many") == nil)
    }
}
