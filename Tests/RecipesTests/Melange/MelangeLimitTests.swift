import FarmModel
import Testing

@testable import Recipes

/// Configurations and pipelines that would grow without end.
@Suite struct MelangeLimitTests {
    @Test(arguments: ["endless", "bomb"]) func expansionHasAnEnd(_ name: String) throws {
        let error = try #require(throws: FarmError.self) { try build(configuration("pipeline: [{uses: \(name)}]")) }
        #expect(error.status == .badInput)
        #expect(error.message.contains(name == "endless" ? "deeper than 40" : "more than 20000 steps"))
    }

    @Test func stepsWithinStepsHaveALimit() throws {
        var own: [String: String] = [:]
        for index in 0..<20 {
            let nested = String(repeating: "pipeline: [{", count: 25) + "uses: p\(index + 1)" + String(repeating: "}]", count: 25)
            own["p\(index).yaml"] = "{\(nested)}"
        }
        let error = try #require(throws: FarmError.self) { try build(configuration("pipeline: [{uses: p0}]"), own: own) }
        #expect(error.message.hasPrefix("pipelines/p1.yaml:1:") && error.message.hasSuffix("deeper than 40"))
    }

    @Test func textsTogetherHaveALimit() throws {
        let own = ["big.yaml": "inputs: {x: {}}\npipeline:\n" + String(repeating: "  - runs: '${{inputs.x}}${{inputs.x}}'\n", count: 900)]
        let text = configuration("vars: {x: \(String(repeating: "x", count: 60_000))}\npipeline: [{uses: big, with: {x: '${{vars.x}}'}}]")
        let error = try #require(throws: FarmError.self) { try build(text, own: own) }
        #expect(error.message.contains("all texts together are longer than 33554432 bytes"))
    }

    @Test func inputsThatGrowFromPipelineToPipelineHaveAnEnd() throws {
        var own: [String: String] = [:]
        for index in 0..<20 {
            own["p\(index).yaml"] = "inputs: {x: {}}\npipeline: [{uses: p\(index + 1), with: {x: '${{inputs.x}}${{inputs.x}}'}}]"
        }
        own["p20.yaml"] = "inputs: {x: {}}\npipeline: [{runs: 'true'}]"
        let text = configuration("pipeline: [{uses: p0, with: {x: \(String(repeating: "x", count: 1000))}}]")
        let error = try #require(throws: FarmError.self) { try build(text, own: own) }
        #expect(error.message.contains("longer than 131071 bytes"))
    }

    @Test func variablesThatAreRepeatedForEachStepHaveALimit() throws {
        let variables = (0..<100).map { "V\($0): \(String(repeating: "x", count: 1000))" }.joined(separator: ", ")
        let steps = Array(repeating: "{runs: x}", count: 1000).joined(separator: ", ")
        let error = try #require(throws: FarmError.self) {
            try build(configuration("pipeline: [{environment: {\(variables)}, pipeline: [\(steps)]}]"))
        }
        #expect(error.message.contains("all texts together are longer than 33554432 bytes"))
    }

    @Test func needsHaveALimit() throws {
        let needs = Array(repeating: "a", count: 1000).joined(separator: ", ")
        let steps = Array(repeating: "{uses: many}", count: 25).joined(separator: ", ")
        let own = ["many.yaml": "needs: {packages: [\(needs)]}"]
        let error = try #require(throws: FarmError.self) { try build(configuration("pipeline: [\(steps)]"), own: own) }
        #expect(error.message.contains("more than 20000 packages are needed"))
    }

    @Test func aScriptTooLongForAnArgumentIsRefused() throws {
        let text = configuration("pipeline: [{runs: 'echo ${{vars.x}}'}]\nvars: {x: \(String(repeating: "x", count: 131_060))}")
        let error = try #require(throws: FarmError.self) { try build(text) }
        #expect(error.message.hasPrefix("bad.yaml:2:19: runs: longer than 131004 bytes"))
    }

    @Test func unknownVariablesByTheThousandAreQuick() throws {
        let variables = (0..<3000).map { "some-long-name-of-a-variable-\($0): x" }.joined(separator: ", ")
        let steps = Array(repeating: "{runs: '${{vars.some-long-name-of-a-variable-x}}'}", count: 3000).joined(separator: ", ")
        let error = try #require(throws: FarmError.self) { try build(configuration("vars: {\(variables)}\npipeline: [\(steps)]")) }
        #expect(error.message.split(separator: "\n").count == 21)
    }

    @Test func subpackagesHaveALimit() throws {
        let items = (0..<3000).map { "k\($0): v" }.joined(separator: ", ")
        let text = configuration(
            "data: [{name: d, items: {\(items)}}]\nsubpackages: [{name: 'a-${{range.key}}', range: d}, {name: 'b-${{range.key}}', range: d}]"
        )
        let error = try #require(throws: FarmError.self) { try build(text) }
        #expect(error.message.contains("more than 5000 subpackages"))
    }
}
