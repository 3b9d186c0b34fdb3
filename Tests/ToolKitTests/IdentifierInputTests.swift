import FarmModel
import TestSupport
import Testing
import ToolKit

struct IdentifierInputTests {
    private func read(_ arguments: [String], _ input: String = "") throws -> [String] {
        try IdentifierInput.read(arguments, in: Streams(input: input).context)
    }

    @Test(arguments: [
        ("", []), (" \n\n", []), ("b-1\n", ["b-1"]), ("  j-2 \r\n\nb-1", ["j-2", "b-1"]), ("b-1\nb-1\n", ["b-1"]),
        ("{\"kind\":\"build\",\"id\":\"b-1\"}\n{\"kind\":\"job\",\"build\":\"b-1\",\"id\":\"j-2\"}\n", ["b-1", "j-2"]),
        ("{\n  \"id\": \"a-3\",\n  \"message\": \"}\\\"{\"\n}\nj-4", ["a-3", "j-4"]),
        ("[{\"id\":\"b-1\"},{\"id\":\"b-2\"}]", ["b-1", "b-2"]), ("[]", []), ("{\"kind\":\"runner\",\"id\":\"r-1\"}", ["r-1"]),
    ])
    func idsAndRecords(_ input: String, _ ids: [String]) throws {
        #expect(try read(["-"], input) == ids)
    }

    @Test func argumentsKeepTheirOrder() throws {
        #expect(try read([]) == [])
        #expect(try read(["b-2", "-", "b-1"], "j-1\nb-2\n") == ["b-2", "j-1", "b-1"])
    }

    @Test(arguments: [
        ("b-1 b-2\n", "standard input, line 1: expected one id a line, found \"b-1 b-2\""),
        ("b-1\n{\"kind\":\"job\"}\n", "standard input, line 2: expected a record with an \"id\""),
        ("{\"id\":7}", "standard input, line 1: expected a record with an \"id\""),
        ("[1]", "standard input, line 1: expected a record with an \"id\""),
        (
            "{\"kind\":\"spec\",\"name\":\"x\"}",
            "standard input, line 1: a record of kind \"spec\" has no id; expected one of build, job, why, attempt, history, runner, pin"
        ),
        ("b-1\n{\n\"id\": }\n", "standard input, line 3: not JSON: expected a value"),
        ("{\"id\":\"b-1\"", "standard input, line 1: not JSON: expected , or }"),
    ])
    func anythingElseIsRefused(_ input: String, _ message: String) {
        #expect(throws: FarmError(.badInput, message)) { try read(["-"], input) }
    }

    @Test func standardInputIsReadOnce() {
        #expect(throws: FarmError(.usage, "- stands twice, but there is only one standard input")) { try read(["-", "-"]) }
    }

    @Test(arguments: [
        ("b-06ey1\n", true), ("{\"kind\":\"build\",\"id\":\"b-1\"}", true), ("{\"kind\":\"spec\",\"id\":\"b-1\"}", false), ("", false),
        ("name: x", false), ("{\"name\":\"x\",\"needs\":[]}", false), ("{\"id\":\"b-1\"}", false),
    ])
    func idsAreToldFromDocuments(_ input: String, _ begins: Bool) {
        #expect(IdentifierInput.begins(Array(input.utf8)) == begins)
    }
}
