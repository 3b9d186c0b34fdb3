import Testing

/// Daemons that print, fail, hang and end.
@Suite struct BuiltInPipelineDaemonTests {
    private func run(_ shell: PipelineShell, _ inputs: [String: String]) throws -> PipelineRun {
        let bench = try PipelineBench(shell)
        try bench.program("daemon", "echo \"ready at [port] $1\"; exec sleep 100")
        let run = try bench.run("test/daemon-check-output", ["timeout": "1"].merging(inputs) { $1 })
        #expect(try bench.entries("\(bench.root)/tmp") == [])
        return run
    }

    @Test(arguments: PipelineShell.allCases) func theOutputIsFound(_ shell: PipelineShell) throws {
        let inputs = [
            "start": "daemon 80 2> /dev/null\n", "expected_output": "  ready.*80\n\n\\[port\\]\n", "timeout": "30",
            "setup": "echo \"it's $0\" > setup-ran", "post": "#!/bin/cat\n`cat setup-ran`",
        ]
        let run = try run(shell, inputs)
        #expect(run.status == 0 && run.error.contains("+ echo"), "\(run)")
        #expect(run.output.contains("test/daemon-check-output: start: daemon 80\n"))
        #expect(run.output.contains("#!/bin/cat\n`cat setup-ran`\n") && run.output.contains("> ready at [port] 80\n"))
    }

    @Test(
        arguments: PipelineShell.allCases,
        [
            (["expected_output": "ready\nother"], 1, "test/daemon-check-output: the output lacks:\nother\n"),
            (
                ["expected_output": "ready", "error_strings": "p[aeiou]rt\nnone"], 1,
                "test/daemon-check-output: the output has:\np[aeiou]rt\n"
            ),
            (
                ["expected_output": "ready", "start": "sh -c 'echo ready; echo FATAL: no'"], 1,
                "test/daemon-check-output: the output has:\nFATAL\n"
            ),
            (
                ["expected_output": "never", "start": "sh -c 'exit 7'", "timeout": "30"], 1,
                "test/daemon-check-output: the output lacks:\nnever\n"
            ),
            (["expected_output": "ready", "post": "exit 9"], 9, "+ exit 9\n"),
            (["expected_output": "ready", "setup": "exit 8", "start": "sh -c 'echo started >&2'"], 8, "+ exit 8\n"),
            (["expected_output": "ready", "start": "absent-program"], 1, "test/daemon-check-output: the output has:\ncommand not found\n"),
        ] as [([String: String], Int32, String)]) func faultsAreTold(_ shell: PipelineShell, _ row: ([String: String], Int32, String))
        throws
    {
        let run = try run(shell, ["start": "daemon 80", "error_strings": "FATAL\nnot found"].merging(row.0) { $1 })
        #expect(run.status == row.1, "\(run)")
        let expected = row.2.replacing("command not found", with: "not found")
        #expect(run.error.contains(expected), "\(run)")
    }

    /// One that forks and leaves is good if it has said what it should.
    @Test(arguments: PipelineShell.allCases) func endingWellIsFine(_ shell: PipelineShell) throws {
        #expect(try run(shell, ["start": "sh -c 'echo ready'", "expected_output": "ready", "timeout": "30"]).status == 0)
    }

    @Test(arguments: PipelineShell.allCases) func theDaemonMayTakeItsTimeToStop(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program("daemon", "trap 'kill $!; sleep 1; echo done > \"$HOME/end\"; exit' TERM; echo ready; sleep 100 & wait")
        #expect(try bench.run("test/daemon-check-output", ["start": "daemon", "expected_output": "ready"]).status == 0)
        #expect(try bench.text("\(bench.home)/end") == "done\n")
    }

    @Test(arguments: PipelineShell.allCases) func theDaemonIsStopped(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program("daemon", "echo $$ > \"$HOME/pid\"; echo ready; exec sleep 100")
        #expect(try bench.run("test/daemon-check-output", ["start": "daemon", "expected_output": "ready"]).status == 0)
        let pid = try bench.text("\(bench.home)/pid").split(separator: "\n")[0]
        try bench.program("alive", "kill -0 \(pid)")
        #expect(try bench.run("python/test", ["command": "alive 2>/dev/null && echo alive || echo gone"]).output == "gone\n")
    }
}
