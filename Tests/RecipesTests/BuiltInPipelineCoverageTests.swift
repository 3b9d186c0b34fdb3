import Testing

/// What is printed of coverage, and when it is too little.
@Suite struct BuiltInPipelineCoverageTests {
    @Test(arguments: PipelineShell.allCases) func goTellsItsTotal(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program("go", "echo \"a.go:1: main 10.0%\"; echo \"total (statements) 66.7%\"; [ \"$5\" != /absent ]")
        let run = try bench.run("go/covdata")
        #expect(run.status == 0 && run.output == "Statements coverage: 66.7%\n", "\(run)")
        #expect(try bench.run("go/covdata", ["cover-dir": "/absent"]).status == 1)
    }

    @Test(
        arguments: PipelineShell.allCases,
        [
            (["object": "bin/tool"], "<bin/tool>"),
            (["object": "llvm-cov"], "<ROOT/bin/llvm-cov>"),
            ([:], "</usr/bin/first>"),
        ] as [([String: String], String)])
    func llvmReportsOnAProgram(_ shell: PipelineShell, _ row: ([String: String], String)) throws {
        let bench = try PipelineBench(shell)
        try bench.echoes("llvm-profdata")
        try bench.program("llvm-cov", "echo \"$@\" > \"$HOME/asked\"; echo TOTAL 1 2 3% 4 5 83.33% 6 7 8%")
        try bench.program("apk", "printf '%s\\n' 'app-1 contains:' usr/share/x usr/bin/first usr/bin/second")
        for name in ["bin/tool", "default_1.profraw"] { try bench.write("", to: "\(bench.home)/\(name)") }
        let run = try bench.run("llvm/covreport", row.0)
        let merged = "llvm-profdata <merge> <--sparse> <--output> <default.profdata> <default_1.profraw>\n"
        #expect(run.status == 0 && run.output == merged + "Statements coverage: 83.33%\n", "\(run)")
        let object = row.1.replacing("ROOT", with: bench.root).dropFirst().dropLast()
        #expect(try bench.text("\(bench.home)/asked").hasSuffix(" --object \(object)\n"))
    }

    @Test(arguments: PipelineShell.allCases) func llvmNeedsAProgram(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program("apk", "exit 0")
        for object in ["", "absent-program"] {
            let run = try bench.run("llvm/covreport", ["object": object])
            #expect(run.status == 1 && run.error == "llvm/covreport: there is no program to report on: name it in object\n", "\(run)")
        }
    }

    @Test(
        arguments: PipelineShell.allCases,
        [
            ("", 0, ""), ("9.9", 0, ""), ("75", 0, ""), ("75.5", 1, "xcover/ensure: 75.5 % is not above 75.5 %\n"),
            ("100", 1, "xcover/ensure: 75.5 % is not above 100 %\n"),
        ] as [(String, Int32, String)]) func tooLittleIsAnError(_ shell: PipelineShell, _ row: (String, Int32, String)) throws
    {
        let bench = try PipelineBench(shell)
        try bench.write("{\"cov_by_func\": 75.5}", to: "\(bench.home)/xcover-report.json")
        let run = try bench.run("xcover/ensure", ["min-coverage": row.0])
        #expect(run.status == row.1 && run.error == row.2 && run.output == "xcover: 75.5 % of the functions ran\n", "\(run)")
    }
}
