import FarmModel
import Testing

@Suite struct JSONTests {
    static let faults = [
        ("", "line 1, column 1: text ends where a value should be"), ("{", "line 1, column 2: expected a string"),
        ("[1,]", "line 1, column 4: expected a value"), ("[1 2]", "line 1, column 4: expected , or ]"),
        ("{\"a\" 1}", "line 1, column 6: expected :"),
        ("{\"a\":1,\n\"a\":2}", "line 2, column 4: the key \"a\" stands twice"), ("01", "line 1, column 3: malformed number"),
        ("-", "line 1, column 2: malformed number"), ("1.", "line 1, column 3: malformed number"),
        ("1e999", "line 1, column 6: number out of range"),
        ("\"\n\"", "line 1, column 2: control character in a string"), ("\"\\x\"", "line 1, column 4: unknown escape in a string"),
        ("\"\\ud800\"", "line 1, column 8: lone surrogate in a string"),
        ("\"\\udc00\\ud800\"", "line 1, column 8: lone surrogate in a string"),
        ("\"\\u12g4\"", "line 1, column 6: malformed \\u escape"), ("nul", "line 1, column 4: expected null"),
        ("1 2", "line 1, column 3: text after the value"),
        ("NaN", "line 1, column 1: expected a value"), ("'a'", "line 1, column 1: expected a value"),
        ("\u{FEFF}1", "line 1, column 1: expected a value"),
    ]

    @Test(arguments: faults) func faultsNameTheirPlace(_ text: String, _ message: String) throws {
        let error = try #require(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
        #expect(error.description == message)
    }

    @Test func nestingIsBounded() throws {
        let depth = JSONParser.depthLimit
        #expect(throws: Never.self) { try JSONParser.parse(String(repeating: "[", count: depth) + String(repeating: "]", count: depth)) }
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(String(repeating: "[", count: 1_000_000)) }
    }

    @Test func invalidBytesAreRefused() {
        for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] {
            #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(bytes: bytes) }
        }
    }

    @Test func numbersKeepTheirKind() throws {
        #expect(try JSONParser.parse("9223372036854775807") == .int(.max))
        #expect(try JSONParser.parse("9223372036854775808") == .double(9_223_372_036_854_775_808))
        #expect(try JSONParser.parse("-0") == .int(0))
        #expect(try JSONParser.parse("1.0") == .double(1))
        #expect(JSONValue.double(1).text == "1.0")
        #expect(JSONValue.double(.infinity).text == "null")
    }

    @Test func membersKeepTheirOrderAndTheCanonicalTextSortsThem() throws {
        let value = try JSONParser.parse(#"{"b":1,"a":{"z":0,"é":1,"Z":2}}"#)
        #expect(value.text == #"{"b":1,"a":{"z":0,"é":1,"Z":2}}"#)
        #expect(value.canonicalText == #"{"a":{"Z":2,"z":0,"é":1},"b":1}"#)
        var object: JSONObject = ["a": 1, "b": true]
        object["a"] = nil
        object["c"] = "x"
        object.add("d", nil as String?)
        object.addIfTrue("e", false)
        #expect(JSONValue.object(object).text == #"{"b":true,"c":"x"}"#)
    }

    @Test func recordsNeverHoldRawControls() {
        let text = JSONValue.string((0...127).compactMap { Unicode.Scalar($0) }.map(String.init).joined()).text
        #expect(text.utf8.allSatisfy { $0 >= 32 && $0 != 127 })
    }
}
