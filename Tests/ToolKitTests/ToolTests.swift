import ArgumentParser
import FarmModel
import HostSystem
import TestSupport
import Testing
import ToolKit

private struct SampleError: Error {}

private struct SampleCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-test", abstract: "Does what the test asks.", version: ToolVersion.text("bf-test"))

    @Argument var action: String?
    @OptionGroup var format: FormatOptions

    func run(in context: ToolContext) throws -> FarmModel.ExitStatus {
        switch action {
        case nil: throw NothingGiven(examples: "bf-test fail  fails")
        case "print": try context.output.write("result\n")
        case "answer-no": return .failed
        case "bad": throw FarmError(.badInput, "first\nsecond \u{1B}[31m")
        case "print-bad":
            try context.output.write("half\n")
            throw FarmError(.badInput, "the rest is wrong")
        case "missing": _ = try Files.readAll("/nonexistent/file", limit: 1)
        case "usage": throw ValidationError("That cannot be.")
        case "interrupted": throw EndedBySignal(number: 2)
        case "flood": for _ in 0..<100_000 { try context.output.write("a line of text\n") }
        default: throw SampleError()
        }
        return .success
    }
}

struct ToolTests {
    private func run(_ arguments: String..., in streams: Streams) -> Int32 {
        Tool.run(SampleCommand.self, arguments: arguments, in: streams.context)
    }

    @Test(arguments: [
        ("print", 0, "result\n", ""), ("answer-no", 1, "", ""), ("bad", 65, "", "bf-test: first\nbf-test: second \\u{1b}[31m\n"),
        ("print-bad", 65, "half\n", "bf-test: the rest is wrong\n"),
        ("missing", 66, "", "bf-test: cannot open /nonexistent/file: No such file or directory\n"),
        ("usage", 64, "", "bf-test: that cannot be; see bf-test --help\n"), ("interrupted", 130, "", ""),
        ("crash", 70, "", "bf-test: internal error: SampleError(); please report it\n"),
    ])
    func errorsBecomeStatuses(_ action: String, _ status: Int32, _ written: String, _ said: String) throws {
        let streams = try Streams()
        #expect(run(action, in: streams) == status)
        #expect(try streams.written == written)
        #expect(try streams.said == said)
    }

    @Test(arguments: [
        (["--fromat", "tsv"], "bf-test: unknown option '--fromat'. Did you mean '--format'?\n"),
        (["a", "b"], "bf-test: unexpected argument 'b'; see bf-test --help\n"),
        (["--format"], "bf-test: missing value for '--format <format>'; see bf-test --help\n"),
        (
            ["--format", "xml"],
            "bf-test: the value 'xml' is invalid for '--format <format>'. Please provide one of 'table', 'json', 'ndjson' or 'tsv'; "
                + "see bf-test --help\n"
        ),
        (["a", "\u{1B}[2J"], "bf-test: unexpected argument '\\u{1b}[2J'; see bf-test --help\n"),
    ])
    func aWrongCommandLineGetsOneLine(_ arguments: [String], _ said: String) throws {
        let streams = try Streams()
        #expect(Tool.run(SampleCommand.self, arguments: arguments, in: streams.context) == 64)
        #expect(try streams.written == "")
        #expect(try streams.said == said)
    }

    @Test func helpAndVersionGoToStandardOutput() throws {
        let help = try Streams()
        #expect(run("--help", in: help) == 0)
        #expect(try help.written.hasPrefix("OVERVIEW: Does what the test asks."))
        #expect(try help.said == "")
        let version = try Streams()
        #expect(run("--version", in: version) == 0)
        #expect(try version.written.wholeMatch(of: /bf-test 0\.1\.0 \(schema 4, sqlite 3\.\d+\.\d+\)\n/) != nil)
    }

    @Test func nothingGivenIsAnsweredByAShortHelp() throws {
        let streams = try Streams()
        #expect(run(in: streams) == 64)
        #expect(try streams.written == "")
        #expect(try streams.said == "bf-test: Does what the test asks.\n\nbf-test fail  fails\n\nbf-test --help tells more.\n")
    }

    @Test(arguments: ["print", "flood", "--help", "--version", "print-bad"])
    func aFullDiskIsTold(_ action: String) throws {
        let streams = try Streams().with(output: StandardOutput(Files.open("/dev/full", .write)))
        let status = run(action, in: streams)
        #expect(status == (action == "print-bad" ? 65 : 74))
        if action != "print-bad" {
            #expect(try streams.said == "bf-test: cannot write to standard output: No space left on device\n")
        }
    }

    @Test(arguments: ["print", "flood", "--help"])
    func aClosedPipeEndsQuietly(_ action: String) throws {
        try SignalDisposition.ignore(.brokenPipe)
        let pipe = try Descriptor.pipe()
        pipe.readEnd.close()
        let streams = try Streams().with(output: StandardOutput(pipe.writeEnd))
        #expect(run(action, in: streams) == 141)
        #expect(try streams.said == "")
    }
}
