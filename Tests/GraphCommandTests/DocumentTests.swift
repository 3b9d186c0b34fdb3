import FarmModel
import GraphCommand
import HostSystem
import TestSupport
import Testing
import ToolKit

private let documents = """
    name: zlib
    version: 1.3.1
    phases: [{run: make}]
    ---
    name: png
    needs: [zlib]
    phases: [{run: make}]
    ---
    name: app
    needs: [png, {name: fonts, optional: true}]
    matrix: {flavor: [gtk, qt]}
    phases: [{run: make}]
    ---
    name: suite
    needs: [{name: app}]
    phases: [{run: make}]

    """

struct DocumentTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(documents, to: "all.yaml")
    }

    private func run(_ arguments: String..., input: String = "") throws -> (status: Int32, written: String, said: String) {
        let streams = try Streams(name: "bf-graph", input: input)
        let status = Tool.run(GraphCommand.self, arguments: arguments, in: streams.context)
        return (status, try streams.written, try streams.said)
    }

    private func records(_ text: String) throws -> [JSONValue] { try text.split(separator: "\n").map { try JSONParser.parse($0) } }

    @Test func recordsAreWholeAndCanBeReadAgain() throws {
        let first = try run(folder.path)
        #expect(first.status == 0)
        let records = try records(first.written)
        #expect(records.map { $0["kind"]?.string } == Array(repeating: "spec", count: 5))
        #expect(records.map { $0["name"]?.string } == ["zlib", "png", "app", "app", "suite"])
        #expect(records.allSatisfy { $0["phases"] != nil && $0["base"]?.string == (try? Files.realPath(folder.path)) })
        let again = try run("-", input: first.written)
        #expect(again.status == 0)
        #expect(again.written == first.written)
    }

    @Test func aTreeShowsVersionsAndCells() throws {
        #expect(
            try run(folder.path, "--format", "tree").written == """
                suite
                ├── app[flavor=gtk]
                │   └── png
                │       └── zlib 1.3.1
                └── app[flavor=qt]
                    └── png ⋯

                """)
    }

    @Test func aNameMeansAllCells() throws {
        #expect(try records(run(folder.path, "--dependents", "app").written).count == 3)
        #expect(try records(run(folder.path, "--dependents", "app[flavor=qt]").written).count == 2)
        #expect(try records(run(folder.path, "--only", "app", "--missing-needs", "ignore").written).count == 2)
        #expect(try records(run(folder.path, "--only", "*=qt]", "--missing-needs", "ignore").written).count == 1)
    }

    @Test func removedNeedsAreRefusedOrDropped() throws {
        let refused = try run(folder.path, "--without", "zlib")
        #expect(refused.status == 65)
        #expect(refused.written == "")
        #expect(
            refused.said
                == "bf-graph: job png needs zlib, which was left out; keep it, or drop such needs with --missing-needs ignore\n")
        let dropped = try run(folder.path, "--without", "zlib", "--missing-needs", "ignore")
        #expect(dropped.status == 0)
        let records = try records(dropped.written)
        #expect(records.map { $0["name"]?.string } == ["png", "app", "app", "suite"])
        #expect(records[0]["needs"] == nil)
        #expect(records[1]["needs"] == ["png"])
        #expect(try run("-", input: dropped.written).status == 0)
        #expect(try run(folder.path, "--without", "zlib", "--format", "tree").status == 0)
    }

    @Test func unknownNeedsAndTwinsAreRefused() throws {
        try folder.write("name: a\nneeds: [bb]\nphases: [{run: x}]\n---\nname: b\nphases: [{run: x}]\n", to: "all.yaml")
        let file = folder.path + "/all.yaml"
        let unknown = try run(file)
        #expect(unknown.status == 65)
        #expect(unknown.said == "bf-graph: \(file):1: job a needs bb, which is not here; did you mean b?\n")
        #expect(try records(run(file, "--missing-needs", "ignore").written).map { $0["needs"] } == [nil, nil])
        let twins = try run(file, file)
        #expect(twins.status == 65)
        #expect(twins.said == "bf-graph: \(file):1: job a is there twice; the first is at \(file):1\n")
    }

    @Test func aNeedMeansTheSameArchitecture() throws {
        try folder.write(
            """
            name: lib
            matrix: {arch: [aarch64, riscv64]}
            phases: [{run: x}]
            ---
            name: data
            arch: noarch
            phases: [{run: x}]
            ---
            name: tool
            arch: aarch64
            needs: [lib, data, {name: lib, arch: riscv64}]
            phases: [{run: x}]

            """, to: "all.yaml")
        #expect(
            try run(folder.path, "--format", "tree").written == """
                tool@aarch64
                ├── lib@aarch64
                ├── data@noarch
                └── lib@riscv64

                """)
    }

    @Test func wrongDocumentsAreToldWithTheirPlace() throws {
        try folder.write("name: a\nphases: [{run: x}]\nneed: [b]\n", to: "all.yaml")
        let result = try run(folder.path)
        #expect(result.status == 65)
        #expect(result.said.hasPrefix("bf-graph: \(folder.path)/all.yaml:3:1: unknown key \"need\", did you mean \"needs\"?"))
    }

    @Test func bareRecordsStandAlone() throws {
        let result = try run(folder.path, "-", input: "{\"name\":\"a\",\"needs\":[]}")
        #expect(result.status == 65)
        #expect(result.said == "bf-graph: - holds bare records, other inputs hold documents; give one kind at a time\n")
    }
}
