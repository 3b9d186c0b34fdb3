import Testing

/// Changes to sources, by patches and by expressions.
@Suite struct BuiltInPipelinePatchTests {
    private func bench(_ shell: PipelineShell) throws -> PipelineBench {
        let bench = try PipelineBench(shell)
        try bench.write("one\ntwo\n", to: "\(bench.home)/text")
        try bench.write(Self.patch("two", "TWO", at: "a/text", "b/text"), to: "\(bench.home)/1.patch")
        try bench.write(Self.patch("TWO", "three", at: "x/y/text", "x/y/text"), to: "\(bench.home)/2nd patch's.diff")
        return bench
    }

    private static func patch(_ old: String, _ new: String, at before: String, _ after: String) -> String {
        "--- \(before)\n+++ \(after)\n@@ -1,2 +1,2 @@\n one\n-\(old)\n+\(new)\n"
    }

    @Test(arguments: PipelineShell.allCases) func aListIsApplied(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        try bench.write(Self.patch("TWO", "2", at: "a/text", "b/text"), to: "\(bench.home)/2.patch")
        let run = try bench.run("patch", ["patches": "1.patch\n\n  2.patch\n"])
        #expect(run.status == 0, "\(run)")
        #expect(run.output.contains("patch: 1.patch\n") && run.output.contains("patch: 2.patch\n"))
        #expect(try bench.text("\(bench.home)/text") == "one\n2\n")
    }

    @Test(arguments: PipelineShell.allCases) func aSeriesIsApplied(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        try bench.write("# first\n\n1.patch\n", to: "\(bench.home)/the series")
        #expect(try bench.run("patch", ["series": "the series", "patches": "ignored"]).status == 0)
        // Without a line end, and with folders to strip.
        try bench.write("2nd patch's.diff", to: "\(bench.home)/the series")
        #expect(try bench.run("patch", ["series": "the series", "strip-components": "2"]).status == 0)
        #expect(try bench.text("\(bench.home)/text") == "one\nthree\n")
    }

    @Test(arguments: PipelineShell.allCases) func contextMayDifferAsFarAsIsSaid(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        try bench.write("--- a/text\n+++ b/text\n@@ -1,2 +1,2 @@\n other\n-two\n+2\n", to: "\(bench.home)/far.patch")
        #expect(try bench.run("patch", ["patches": "far.patch", "fuzz": "0"]).status == 1)
        #expect(try bench.text("\(bench.home)/text") == "one\ntwo\n")
        #expect(try bench.run("patch", ["patches": "far.patch"]).status == 0)
        #expect(try bench.text("\(bench.home)/text") == "one\n2\n")
    }

    @Test(arguments: PipelineShell.allCases) func theFirstFailureEnds(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        try bench.write(Self.patch("none", "TWO", at: "a/text", "b/text"), to: "\(bench.home)/bad.patch")
        let run = try bench.run("patch", ["patches": "bad.patch 1.patch", "fuzz": "0"])
        #expect(run.status == 1 && run.output.contains("FAILED"))
        #expect(try bench.text("\(bench.home)/text") == "one\ntwo\n")
    }

    @Test(
        arguments: PipelineShell.allCases,
        [
            ([:], "patch: nothing to apply: name files in patches or a list in series\n"),
            (["patches": "absent.patch"], "patch: there is no file 'absent.patch'\n"),
            (["series": "absent"], "patch: series: there is no file 'absent'\n"),
            (["patches": "1.patch", "strip-components": "-1"], "patch: strip-components: expected a whole number, found '-1'\n"),
            (["patches": "1.patch", "fuzz": "$(touch made)"], "patch: fuzz: expected a whole number, found '$(touch made)'\n"),
            (["patches": "$(touch${IFS}made)"], "patch: there is no file '$(touch${IFS}made)'\n"),
            (["series": "`touch made`"], "patch: series: there is no file '`touch made`'\n"),
        ] as [([String: String], String)]) func faultsAreNamed(_ shell: PipelineShell, _ fault: ([String: String], String)) throws
    {
        let bench = try bench(shell)
        let run = try bench.run("patch", fault.0)
        #expect(run.status == 1 && run.error == fault.1)
        #expect(try bench.entries(bench.home).contains("made") == false)
        #expect(try bench.text("\(bench.home)/text") == "one\ntwo\n")
    }

    @Test(
        arguments: PipelineShell.allCases,
        [
            ("a|b", "c", "", "c\nc x/y\n"),
            ("x/y", "/usr/\"lib\"", "", "a\nb /usr/\"lib\"\n"),
            ("(b) (x)", "\\2$HOME\\1", "@", "a\nx$HOMEb/y\n"),
            ("[/|#]", "@,:;!", "", "a\nb x@,:;!y\n"),
        ]) func textIsReplaced(_ shell: PipelineShell, _ row: (String, String, String, String)) throws
    {
        let bench = try PipelineBench(shell)
        for name in ["one.h", "-two.h"] { try bench.write("a\nb x/y\n", to: "\(bench.home)/\(name)") }
        try bench.write("a\n", to: "\(bench.home)/other")
        let inputs = ["path": "*.h\n", "pattern": row.0, "replacement": row.1, "delimiter": row.2]
        let run = try bench.run("sed", inputs)
        #expect(run.status == 0 && run.error.isEmpty, "\(run)")
        for name in ["one.h", "-two.h"] { #expect(try bench.text("\(bench.home)/\(name)") == row.3) }
        #expect(try bench.text("\(bench.home)/other") == "a\n")
    }

    @Test(
        arguments: PipelineShell.allCases,
        [
            ("text", "z", "y", "", "sed: no file has the pattern: z"),
            ("absent", "a", "y", "", "sed: no file has the pattern: a"),
            ("text", "a", "y", "||", "sed: delimiter: expected one character, found '||'"),
            ("text", "a|b", "y", "|", "sed: delimiter: choose a character that is neither in pattern nor in replacement"),
            ("text", "/|#@,", ":;!%", "", "sed: delimiter: choose a character that is neither in pattern nor in replacement"),
        ]) func nothingToReplaceIsAnError(_ shell: PipelineShell, _ row: (String, String, String, String, String)) throws
    {
        let bench = try PipelineBench(shell)
        try bench.write("a\n", to: "\(bench.home)/text")
        let run = try bench.run("sed", ["path": row.0, "pattern": row.1, "replacement": row.2, "delimiter": row.3])
        #expect(run.status == 1 && run.error.hasSuffix("\(row.4)\n"), "\(run)")
        #expect(try bench.text("\(bench.home)/text") == "a\n")
    }
}
