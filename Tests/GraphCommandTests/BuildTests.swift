import FarmModel
import FarmStore
import GraphCommand
import HostSystem
import TestSupport
import Testing
import ToolKit

struct BuildTests {
    private let folder: TemporaryFolder
    private let build: BuildRecord

    init() throws {
        folder = try TemporaryFolder()
        let store = try Store.open(StateDirectory(path: folder.path), command: "test") { _ in }
        let jobs = ["zlib", "png"].enumerated().map { position, name in
            let spec = JobSpec(
                identity: JobIdentity(name: name, architecture: .native), recipe: "script",
                document: ["kind": "spec", "name": .string(name)])
            return Submission.Job(
                spec: spec, planDigest: Digest.of(name.utf8), needs: position == 0 ? [] : [(position: 0, isOptional: false)])
        }
        guard case .created(let record) = try store.submit(Submission(jobs: jobs)) else { preconditionFailure("a new build") }
        build = record
    }

    private func run(_ arguments: String..., input: String = "") throws -> (status: Int32, written: String, said: String) {
        let streams = try Streams(name: "bf-graph", input: input, environment: ["LANG": "C.UTF-8", "BF_STATE": folder.path])
        let status = Tool.run(GraphCommand.self, arguments: arguments, in: streams.context)
        return (status, try streams.written, try streams.said)
    }

    @Test func aBuildIsShownWithItsStates() throws {
        #expect(try run(build.id.description, "--format", "tree").written == "png pending\n└── zlib pending\n")
        let records = try run(build.id.description).written.split(separator: "\n").map { try JSONParser.parse($0) }
        #expect(records.map { $0["name"] } == ["zlib", "png"])
        #expect(records.map { $0["kind"] } == ["job", "job"])
        #expect(records.map { $0["state"] } == ["pending", "pending"])
        #expect(records.map { $0["needs"] } == [[], ["zlib"]])
        #expect(records.map { $0["level"] } == [0, 1])
        #expect(records.allSatisfy { $0["id"]?.string?.hasPrefix("j-") == true })
    }

    @Test func prefixesAndRecordsNameItToo() throws {
        let whole = try run(build.id.description).written
        #expect(try run(String(build.id.description.prefix(9))).written == whole)
        #expect(try run("-", input: JSONValue.object(build.json).text + "\n").written == whole)
        #expect(try run("-", input: "\(build.id)\n").written == whole)
    }

    @Test func whatIsNoBuildIsRefused() throws {
        let unknown = try run("b-zzzzzz")
        #expect(unknown.status == 66)
        #expect(unknown.said == "bf-graph: nothing has the id b-zzzzzz; see bf-status\n")
        let beside = try run(build.id.description, "x.yaml")
        #expect(beside.status == 64)
        #expect(beside.said == "bf-graph: the build \(build.id) stands beside other arguments; give it alone\n")
        let two = try run("-", input: "b-1\nb-2\n")
        #expect(two.status == 65)
        #expect(two.said == "bf-graph: standard input names 2 builds; give one\n")
    }

    @Test func withoutAStateDirectoryNoneIsMade() throws {
        let missing = folder.path + "/none"
        let result = try run("b-1", "--state", missing)
        #expect(result.status == 66)
        #expect(result.said == "bf-graph: there is no build b-1: nothing was submitted to \(missing) yet\n")
        #expect(try Files.statusIfPresent(missing) == nil)
    }
}
