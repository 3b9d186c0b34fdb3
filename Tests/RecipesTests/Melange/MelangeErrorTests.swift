import FarmModel
import Foundation
import Testing

@testable import Recipes

/// A configuration that is refused, and all that is said about it.
struct BadConfiguration: CustomTestStringConvertible, Sendable {
    var title: String
    var text = ""
    var errors: [String] = []

    var testDescription: String { title }

    /// The cases of `Fixtures/melange-errors.txt`.
    static func table() throws -> [BadConfiguration] {
        var table: [BadConfiguration] = []
        for line in try String(contentsOf: fixture("melange-errors.txt"), encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("== ") {
                table.append(BadConfiguration(title: String(line.dropFirst(3))))
            } else if line.hasPrefix("-- ") {
                table[table.count - 1].errors.append(String(line.dropFirst(3)))
            } else if !table.isEmpty {
                table[table.count - 1].text += (line == "%P" ? "package: {name: tree, version: 1.2.3, epoch: 4}" : line) + "\n"
            }
        }
        return table
    }
}

@Suite struct MelangeErrorTests {
    private static let own = ["broken.yaml": "pipelines: []\n", "vague.yaml": "pipeline:\n  - runs: ${{inputs.x}}\n"]

    @Test func tableIsLargeAndItsTitlesDiffer() throws {
        let table = try BadConfiguration.table()
        #expect(table.count >= 80)
        #expect(Set(table.map(\.title)).count == table.count)
    }

    @Test(arguments: try BadConfiguration.table()) func isRefusedWithItsMessagesAndPlaces(_ bad: BadConfiguration) throws {
        let error = try #require(throws: FarmError.self) { try build(bad.text, own: Self.own) }
        #expect(error.status == .badInput)
        #expect(error.message.split(separator: "\n").map(String.init) == bad.errors)
    }

    @Test func brokenPipelinesAreToldToEachWhoUsesThem() throws {
        var compiler = MelangeCompiler(pipelines: StandIn.pipelines(own: Self.own))
        let file = try MelangeConfigurationFile.read(configuration("pipeline: [{uses: broken}]"), name: "bad.yaml")
        for _ in 1...2 {
            let error = try #require(throws: FarmError.self) { try compiler.compile(file, for: try x86()) }
            #expect(error.message.hasPrefix("pipelines/broken.yaml:1:1: unknown key"))
        }
    }
}
