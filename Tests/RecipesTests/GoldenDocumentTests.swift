import Documents
import FarmModel
import Foundation
import Recipes
import Testing

/// Whole documents with their normalised records, plans and digests, as stored in `Fixtures/documents`.
@Suite struct GoldenDocumentTests {
    static let names = ["zlib.yaml", "matrix.yaml", "merged.yaml", "records.ndjson"]

    static func read(_ name: String) throws -> [JobSpec] {
        let bytes = [UInt8](try Data(contentsOf: fixture("documents/" + name)))
        let reader = DocumentReader(defaults: DocumentDefaults(architecture: try #require(Architecture("x86_64"))))
        return try reader.read([DocumentInput(name: name, bytes: bytes, base: "/work/farm")])
    }

    @Test(arguments: names) func recordsPlansAndDigestsAreAsStored(_ name: String) throws {
        var lines: [String] = []
        for job in try Self.read(name) {
            let plan = try ScriptRecipe().plan(job, resolved: Resolution())
            lines.append("spec " + JSONValue.object(job.document).text)
            lines.append("plan " + JSONValue.object(plan.json).text)
            lines.append("digest \(plan.digest)")
        }
        let expected = try String(contentsOf: fixture("documents/\(name).expected"), encoding: .utf8)
        #expect(lines == expected.split(separator: "\n").map(String.init))
    }

    @Test(arguments: names) func recordsAndPlansReadAgainAreTheSame(_ name: String) throws {
        for job in try Self.read(name) { try expectFixpoint(job) }
    }

    @Test func aDocumentWithEverythingHasItsWholePlan() throws {
        let job = try #require(try Self.read("zlib.yaml").first)
        #expect(
            job.identity == JobIdentity(name: "libs/zlib", architecture: try #require(Architecture("x86_64"))))
        #expect(job.version == "1.30")
        #expect(job.labels == ["gpu", "memory=big"])
        #expect(job.retry == RetryPolicy(attempts: 5, classes: [.timeout, .lost]))
        #expect(job.origin == DocumentOrigin(file: "zlib.yaml", line: 2))
        let plan = try ScriptRecipe().plan(job, resolved: Resolution())
        #expect(plan.environment == .root(path: "/work/farm/roots/bookworm.tar"))
        #expect(plan.phases.map(\.timeoutMilliseconds) == [nil, 5_400_000, nil])
        #expect(plan.limits.logBytes == nil && plan.limits.processes == nil && plan.limits.cpus == 1.5)
        #expect(plan.isVolatile && plan.sourceDateEpoch == 1_700_000_000)
    }
}

/// A job's record reads as the same job and plan; its plan's JSON reads as the same plan.
func expectFixpoint(_ job: JobSpec, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let text = JSONValue.object(job.document).text
    let reader = DocumentReader(defaults: DocumentDefaults(architecture: .noarch))
    let again = try reader.read([DocumentInput(name: "-", bytes: Array(text.utf8), base: job.base)])
    #expect(again == [job], sourceLocation: sourceLocation)
    let plan = try ScriptRecipe().plan(job, resolved: Resolution())
    #expect(try again.map { try ScriptRecipe().plan($0, resolved: Resolution()) } == [plan], sourceLocation: sourceLocation)
    let stored = try JSONParser.parse(JSONValue.object(plan.json).text)
    #expect(try Plan(json: try #require(stored.object)) == plan, sourceLocation: sourceLocation)
}
