import FarmModel
import GraphCommand
import HostSystem
import TestSupport
import Testing
import ToolKit

/// The graph of melange configurations.
struct ConfigurationTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ name: String, needs: [String], as file: String? = nil) throws {
        let list = needs.map { "'\($0)'" }.joined(separator: ", ")
        try folder.write(
            "package: {name: \(name), version: '1', epoch: 0}\nenvironment: {contents: {packages: [\(list)]}}\n",
            to: "\(file ?? name).yaml")
    }

    private func run(_ arguments: String...) throws -> (status: Int32, written: [String], said: [String]) {
        let streams = try Streams(name: "bf-graph", input: "")
        let status = Tool.run(GraphCommand.self, arguments: [folder.path] + arguments, in: streams.context)
        let names = try streams.written.split(separator: "\n").map { try JSONParser.parse(String($0))["name"]?.string ?? "" }
        return (status, names, try streams.said.split(separator: "\n").map(String.init))
    }

    @Test func oneRunTellsAllThatIsWrong() throws {
        try write("a", needs: ["b"])
        try write("b", needs: ["a", "gone"])
        try write("c", needs: ["d", "a>2"])
        try write("d", needs: ["c"])
        try write("a", needs: ["b"], as: "z")
        let (status, written, said) = try run()
        #expect(status == 65)
        #expect(written == [])
        #expect(said.count == 5)
        #expect(said.contains { $0.hasSuffix(#"/c.yaml:2:42: needs "a>2", but what is built here has 1-r0; a repository must have it"#) })
        #expect(said.contains { $0.hasSuffix("so that repositories must have it: gone") })
        #expect(said.contains { $0.contains(#"/z.yaml:1:17: the package "a" is made by "#) })
        #expect(said.filter { $0.hasPrefix("bf-graph: cycle: ") }.count == 2)
    }

    @Test func condensedCyclesAreNothingWrong() throws {
        try write("a", needs: ["b"])
        try write("b", needs: ["a"])
        try write("c", needs: ["a"])
        #expect(try run().status == 65)
        let (status, written, said) = try run("--condense")
        #expect((status, written.count) == (0, 2))
        #expect(said == [])
        try write("c", needs: [], as: "z")
        #expect(try run("--condense").said.count == 1)
        #expect(try run().said.count == 2)
    }

    @Test func brokenNeedsMakeAnOrder() throws {
        try write("a", needs: ["b"])
        try write("b", needs: ["a"])
        let (status, written, said) = try run("--break-need", "a:b")
        #expect((status, written) == (0, ["a", "b"]))
        #expect(said == [])
        let (refused, _, why) = try run("--break-need", "a:c")
        #expect(refused == 64)
        #expect(why.first == #"bf-graph: --break-need a:c: "a" does not wait for a configuration "c", did you mean "b"?"#)
    }
}
