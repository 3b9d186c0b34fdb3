import FarmModel
import GraphCommand
import HostSystem
import TestSupport
import Testing
import ToolKit

/// What a run of bf-graph wrote and said.
private struct Run: Equatable {
    var status: Int32
    var written = ""
    var said = ""

    init(_ status: Int32, _ written: String = "", said: String = "") {
        self.status = status
        self.written = written
        self.said = said
    }

    init(_ arguments: String..., input: String = "", environment: [String: String] = ["LANG": "C.UTF-8"]) throws {
        let streams = try Streams(name: "bf-graph", input: input, environment: environment)
        status = Tool.run(GraphCommand.self, arguments: arguments, in: streams.context)
        written = try streams.written
        said = try streams.said
    }
}

private let diamond = """
    {"name":"app","needs":["left","right"]}
    {"name":"left","needs":["base"]}
    {"name":"right","needs":["base"]}
    {"name":"base"}
    {"name":"tool","needs":["base"]}

    """

private let cyclic = """
    {"name":"a","needs":["b"]}
    {"name":"b","needs":["a"]}
    {"name":"c","needs":["b","c"]}
    {"name":"d","needs":["c"]}

    """

struct BareRecordTests {
    @Test func recordsComeAfterThoseTheyNeed() throws {
        #expect(
            try Run("-", input: diamond)
                == Run(
                    0,
                    """
                    {"kind":"job","name":"base","needs":[],"level":0}
                    {"kind":"job","name":"left","needs":["base"],"level":1}
                    {"kind":"job","name":"right","needs":["base"],"level":1}
                    {"kind":"job","name":"app","needs":["left","right"],"level":2}
                    {"kind":"job","name":"tool","needs":["base"],"level":1}

                    """))
    }

    @Test func jsonIsOneArray() throws {
        let run = try Run("-", "--format", "json", input: diamond)
        #expect(try JSONParser.parse(run.written).array?.map { $0["name"]?.string } == ["base", "left", "right", "app", "tool"])
        #expect(try Run("-", "--format", "json") == Run(0, "[]\n"))
    }

    @Test func anEmptyInputIsAnEmptyGraph() throws {
        #expect(try Run("-") == Run(0))
        #expect(try Run("-", "--format", "tree", input: "\n") == Run(0))
    }

    @Test func whatItShowsCanBeReadAgain() throws {
        let first = try Run("-", input: diamond)
        let bare = first.written.replacing("\"kind\":\"job\",", with: "")
        #expect(try Run("-", input: bare) == first)
    }

    @Test func trees() throws {
        #expect(
            try Run("-", "--format", "tree", input: diamond)
                == Run(
                    0,
                    """
                    app
                    ├── left
                    │   └── base
                    └── right
                        └── base
                    tool
                    └── base

                    """))
        #expect(
            try Run("-", "--format", "tree", "--needs", "left", input: diamond, environment: ["LANG": "C"])
                == Run(0, "left\n`-- base\n"))
    }

    @Test func drawings() throws {
        #expect(
            try Run("-", "--format", "mermaid", "--needs", "left", input: diamond)
                == Run(
                    0,
                    """
                    flowchart LR
                        n0["left"]
                        n1["base"]
                        n1 --> n0

                    """))
        let dot = try Run("-", "--format", "dot", "--needs", "left", input: diamond)
        #expect(dot.status == 0)
        #expect(dot.written.hasPrefix("digraph build {\n"))
        #expect(dot.written.hasSuffix("    \"left\"\n    \"base\"\n    \"base\" -> \"left\"\n}\n"))
    }

    @Test(arguments: [
        (["--needs", "left"], ["base", "left"]), (["--dependents", "left"], ["left", "app"]),
        (["--dependents", "tool", "--dependents", "right"], ["right", "app", "tool"]),
        (["--needs", "app", "--dependents", "left"], ["left", "app"]), (["--only", "*t"], ["left", "right"]),
        (["--only", "l*", "--only", "base"], ["base", "left"]), (["--without", "?o*", "--without", "app"], ["base", "left", "right"]),
        (["--needs", "app", "--without", "[!a]*"], ["app"]), (["--critical-path"], ["base", "left", "app"]),
        (["--critical-path", "--without", "left"], ["base", "right", "app"]), (["--only", "none"], []),
    ])
    func parts(_ options: [String], _ names: [String]) throws {
        let streams = try Streams(name: "bf-graph", input: diamond)
        #expect(Tool.run(GraphCommand.self, arguments: ["-"] + options, in: streams.context) == 0)
        let records = try streams.written.split(separator: "\n").map { try JSONParser.parse($0) }
        #expect(records.map { $0["name"]?.string } == names)
        #expect(try streams.said == "")
    }

    @Test(arguments: [
        (["--needs", "ap"], "bf-graph: there is no job \"ap\", did you mean app?\n"),
        (["--dependents", "zzzzzz"], "bf-graph: there is no job \"zzzzzz\"\n"),
    ])
    func unknownJobs(_ options: [String], _ said: String) throws {
        let streams = try Streams(name: "bf-graph", input: diamond)
        #expect(Tool.run(GraphCommand.self, arguments: ["-"] + options, in: streams.context) == 66)
        #expect(try streams.said == said)
        #expect(try streams.written == "")
    }

    @Test func aNeedWithoutARecordIsLeftOut() throws {
        let input = "{\"name\":\"a\",\"needs\":[\"x\",\"b\"]}{\"name\":\"b\",\"needs\":[\"y\"]}"
        let records = """
            {"kind":"job","name":"b","needs":[],"level":0}
            {"kind":"job","name":"a","needs":["b"],"level":1}

            """
        let fault = "bf-graph: a needs x, which no record has; so it is with 2 needs"
        #expect(try Run("-", input: input) == Run(0, records, said: fault + " (left out)\n"))
        #expect(try Run("-", "--missing-needs", "ignore", input: input) == Run(0, records))
        #expect(try Run("-", "--missing-needs", "error", input: input) == Run(65, said: fault + "\n"))
    }

    @Test func aNameIsUnique() throws {
        #expect(
            try Run("-", input: "{\"name\":\"a\",\"needs\":[]}\n{\"name\":\"b\",\"needs\":[]}\n{\"name\":\"a\",\"needs\":[]}\n")
                == Run(65, said: "bf-graph: -:3: a is there twice; names must be unique\n"))
    }
}

struct CycleTests {
    @Test(arguments: ["ndjson", "json", "tree", "dot", "mermaid", "svg"])
    func eachCycleIsNamed(_ format: String) throws {
        #expect(try Run("-", "--format", format, input: cyclic) == Run(65, said: "bf-graph: cycle: a → b → a\nbf-graph: cycle: c → c\n"))
        #expect(try Run("-", "--format", format, "--critical-path", input: cyclic).status == 65)
    }

    @Test func aPartWithoutCyclesIsShown() throws {
        #expect(try Run("-", "--only", "d", input: cyclic) == Run(0, "{\"kind\":\"job\",\"name\":\"d\",\"needs\":[],\"level\":0}\n"))
    }

    @Test func condensedCyclesAreNodes() throws {
        #expect(
            try Run("-", "--condense", input: cyclic)
                == Run(
                    0,
                    """
                    {"kind":"job","name":"a+b","members":["a","b"],"needs":[],"level":0}
                    {"kind":"job","name":"c","needs":["a+b"],"level":1}
                    {"kind":"job","name":"d","needs":["c"],"level":2}

                    """))
        #expect(try Run("-", "--condense", "--format", "tree", input: cyclic) == Run(0, "d\n└── c\n    └── a+b\n"))
        for format in ["dot", "mermaid", "svg"] { #expect(try Run("-", "--condense", "--format", format, input: cyclic).status == 0) }
        #expect(try Run("-", "--condense", "--critical-path", "--format", "tree", input: cyclic) == Run(0, "d\n└── c\n    └── a+b\n"))
    }
}

struct DrawingTests {
    @Test func svgIsDrawnByGraphviz() throws {
        let run = try Run("-", "--format", "svg", input: diamond, environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"])
        #expect(run.status == 0)
        #expect(run.written.contains("<svg"))
        #expect(run.written.hasSuffix("</svg>\n"))
    }

    @Test func withoutGraphvizItSaysSo() throws {
        #expect(
            try Run("-", "--format", "svg", input: diamond, environment: ["PATH": "/nonexistent"])
                == Run(69, said: "bf-graph: svg needs the program dot, which is not installed: apt-get install graphviz\n"))
    }

    @Test func aFailingDotIsQuoted() throws {
        let folder = try TemporaryFolder()
        let script = try Files.open(folder.path + "/dot", [.write, .create], mode: 0o755)
        try script.writeAll(Array("#!/bin/sh\ncat >/dev/null; echo 'no fonts' >&2; exit 3\n".utf8))
        script.close()
        #expect(
            try Run("-", "--format", "svg", input: diamond, environment: ["PATH": folder.path + ":/bin"])
                == Run(69, said: "bf-graph: dot failed: no fonts\n"))
    }
}

struct CommandLineTests {
    @Test func withoutArgumentsThereIsAShortHelp() throws {
        let run = try Run()
        #expect(run.status == 64)
        #expect(run.written == "")
        #expect(run.said.split(separator: "\n").count <= 10)
        #expect(run.said.contains("bf-graph farm/"))
    }

    @Test func allowedValuesStandOnOneLine() throws {
        let said =
            "bf-graph: the value 'png' is invalid for '--format <format>'. Please provide one of the following: ndjson, json, tree, dot, "
        #expect(try Run("-", "--format", "png") == Run(64, said: said + "mermaid, svg; see bf-graph --help\n"))
    }

    @Test func helpFitsEightyColumnsAndShowsEveryOption() throws {
        let help = try Run("--help").written
        #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let examples = try #require(help.split(separator: "USAGE:").first)
        for option in ["format", "needs", "dependents", "only", "without", "critical-path", "condense", "missing-needs", "state"] {
            #expect(examples.contains("--\(option)"), "an example of --\(option)")
        }
    }
}
