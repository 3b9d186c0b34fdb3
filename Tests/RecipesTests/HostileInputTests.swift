import FarmModel
import Recipes
import Testing

/// Texts meant to exhaust memory, time or the stack, or to slip bytes through.
@Suite struct HostileInputTests {
    static func laughs(levels: Int, asKeys: Bool) -> String {
        var text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        for level in 1...levels {
            text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",") + "]\n"
        }
        return asKeys ? text + "? *a\(levels)\n: x\n" : text
    }

    @Test(arguments: [false, true]) func aliasBombIsRefused(asKeys: Bool) {
        let text = Self.laughs(levels: 9, asKeys: asKeys)
        #expect(check(text).errors == ["bad.yaml:6:38: more than 1000000 values or 64MiB, aliases counted as what they stand for"])
    }

    @Test func aliasBombOfLongStringsIsRefused() {
        let text =
            "a: &a \"" + String(repeating: "x", count: 100_000) + "\"\nb: [" + Array(repeating: "*a", count: 900).joined(separator: ",")
            + "]\n"
        #expect(check(text).errors == ["bad.yaml:2:2015: more than 1000000 values or 64MiB, aliases counted as what they stand for"])
    }

    @Test func aliasBombByMergeIsRefused() {
        let keys = (0..<2000).map { "k\($0): 1" }.joined(separator: ", ")
        let text = "a: &a {\(keys)}\nb: {<<: [" + Array(repeating: "*a", count: 900).joined(separator: ",") + "]}\n"
        #expect(check(text).errors == ["bad.yaml:2:754: more than 1000000 values or 64MiB, aliases counted as what they stand for"])
    }

    @Test func tooManyAliasesAreRefused() {
        let text = "a: &a x\nb: [" + Array(repeating: "*a", count: 1001).joined(separator: ",") + "]\n"
        #expect(check(text).errors == ["bad.yaml:2:3005: more than 1000 aliases"])
    }

    @Test func deepNestingIsRefused() {
        #expect(check(String(repeating: "[", count: 100_000)).errors == ["bad.yaml:1:66: nested deeper than 64"])
        #expect(check(String(repeating: "{\"a\":", count: 100_000)).errors == ["bad.yaml:1:326: not JSON: nested deeper than 64"])
        let block = (0..<70).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(check(block).errors == ["bad.yaml:66:66: nested deeper than 64"])
    }

    /// libyaml compares each `%TAG` with all before it.
    @Test(arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"]) func manyDirectivesAreRefused(lineEnd: String) {
        let text = (0..<100_000).map { "%TAG !a\($0)! tag:x\(lineEnd)" }.joined() + "--- a\n"
        let line = lineEnd.utf8.last == 10 ? 101 : 1
        #expect(check(text).errors == ["bad.yaml:\(line):1: more than 100 lines that begin with %"])
    }

    @Test func manyUnknownKeysAreSaidTwentyTimes() {
        let keys = (0..<100_000).map { "\"k\($0)\":1" }.joined(separator: ",")
        #expect(check("{\(keys)}").errors.count == 20)
    }

    @Test func largeFilesAreRefused() {
        let text = "name: a\nrun: make\n#" + String(repeating: "x", count: 10 << 20)
        #expect(check(text).errors == ["bad.yaml:1:1: the file is larger than 10MiB"])
        let record = #"{"name":"a","run":"make","x":""# + String(repeating: "x", count: 10 << 20) + "\"}"
        #expect(check(record).errors == ["bad.yaml:1:1: the record is larger than 10MiB"])
    }

    @Test func invalidTextIsRefused() {
        let head = Array("name: a\nrun: ma".utf8)
        #expect(check(bytes: head + [0xFF]).errors == ["bad.yaml:2:8: not UTF-8 at byte 15; documents are text in UTF-8"])
        #expect(check(bytes: head + [0xC0, 0x80]).errors == ["bad.yaml:2:8: not UTF-8 at byte 15; documents are text in UTF-8"])
        #expect(check(bytes: head + [0xED, 0xA0, 0x80]).errors == ["bad.yaml:2:8: not UTF-8 at byte 15; documents are text in UTF-8"])
        #expect(check(bytes: head + [0]).errors == ["bad.yaml:2:8: control character U+0000 at byte 15; documents are text in UTF-8"])
        #expect(check(bytes: head + [0x1B]).errors == ["bad.yaml:2:8: control character U+001B at byte 15; documents are text in UTF-8"])
        #expect(check(bytes: [0xFF, 0xFE, 0x61, 0]).errors.count == 1)
        let json = Array(#"{"name":"a"#.utf8) + [0xFF] + Array(#"","run":"make"}"#.utf8)
        #expect(check(bytes: json).errors == ["bad.yaml:1:12: not JSON: string is not valid UTF-8"])
    }

    @Test func nulByEscapeIsRefusedEverywhere() {
        let errors = check("name: a\nrun: \"make\\0\"\nversion: \"1\\0\"\nenvironment: {variables: {A: \"\\0\"}}\n").errors
        #expect(
            errors.map { $0.split(separator: " ", maxSplits: 1).last ?? "" } == [
                "run: a NUL character is not allowed", "version: a NUL character is not allowed", "A: a NUL character is not allowed",
            ])
    }

    @Test func messagesStayOnOneLineAndHideControls() {
        let errors = check("name: \"a\\n\\e[31m\"\nrun: make\n\"x\\ny\": 1\n").errors
        #expect(errors.count == 2)
        #expect(errors.allSatisfy { $0.utf8.allSatisfy { $0 >= 32 } })
    }

    @Test func byteOrderMarkIsSkipped() throws {
        #expect(try jobs("\u{FEFF}name: a\nrun: make\n").map(\.identity.name) == ["a"])
        #expect(try jobs("\u{FEFF}{\"name\":\"a\",\"run\":\"make\"}").map(\.identity.name) == ["a"])
        #expect(check("\u{FEFF}nam: a\nrun: x\n").errors.contains(#"bad.yaml:1:1: unknown key "nam", did you mean "name"?"#))
    }

    @Test func carriageReturnsAreLineEnds() throws {
        #expect(try plan("name: a\r\nrun: |\r\n  make\r\n  done\r\n").phases.map(\.command) == [.script("make\ndone\n")])
    }

    @Test func matrixOfLargeScriptsIsRefused() {
        let script = String(repeating: "x", count: 1 << 19)
        let values = (0..<300).map(String.init).joined(separator: ",")
        let errors = check("name: a\nrun: \(script)\nmatrix: {n: [\(values)]}\n").errors
        #expect(errors == ["bad.yaml:1:1: matrix: its cells together are larger than 64MiB"])
    }

    @Test func tooManyNeedsAreRefused() {
        let needs = (0...1000).map { "n\($0)" }.joined(separator: ", ")
        #expect(check("name: a\nrun: x\nneeds: [\(needs)]\n").errors == ["bad.yaml:3:8: needs: 1001 elements, at most 1000 are allowed"])
    }

    @Test func tooManyJobsAreRefused() {
        let text = (0...100_000).map { #"{"name":"j\#($0)","run":"x"}"# }.joined(separator: "\n")
        #expect(check(text).errors == ["bad.yaml:100001:1: more than 100000 jobs in one submission"])
    }

    @Test func pathsOfTheMachineAreRefusedWithoutABase() {
        let text = """
            name: a
            run: make
            environment: {root: /}
            sources: [src, {local: /etc}, {git: 'file:///x'}]
            """
        let errors = check(text, base: nil).errors
        let advice = "paths of this machine are not allowed from here; use a git or url source"
        #expect(
            errors == [
                "bad.yaml:3:21: root: \(advice)", "bad.yaml:4:11: local: \(advice)", "bad.yaml:4:24: local: \(advice)",
                "bad.yaml:4:37: git: \(advice)",
            ])
        #expect(check(#"{"kind":"spec","name":"a","run":"x","base":"/"}"#, base: nil).errors == ["bad.yaml:1:44: base: \(advice)"])
    }
}
