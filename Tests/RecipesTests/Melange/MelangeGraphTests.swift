import Documents
import FarmModel
import Testing

@testable import Recipes

@Suite struct MelangeGraphTests {
    /// The head of a configuration of one line.
    private func head(
        _ name: String, version: String = "1.0", needs: [String] = [], sections: String = "", on architecture: String = "x86_64"
    ) throws
        -> MelangeHead
    {
        let text = """
            package: {name: '\(name)', version: '\(version)', epoch: 0}
            environment: {contents: {packages: [\(needs.map { "'\($0)'" }.joined(separator: ", "))]}}
            \(sections)
            """
        let file = try MelangeConfigurationFile.read(text, name: "\(name).yaml")
        var compiler = MelangeCompiler(pipelines: StandIn.pipelines())
        var errors = DocumentErrors()
        let head = compiler.head(of: file, for: try #require(Architecture(architecture)), errors: &errors)
        #expect(errors.list.map(\.description) == [])
        return try #require(head)
    }

    @Test func needsAreEdges() throws {
        let graph = MelangeGraph([
            try head("app", needs: ["lib-dev", "curl", "lib", "lib>=1.0"]), try head("lib", sections: "subpackages: [{name: lib-dev}]"),
            try head("alone", needs: ["busybox", "alone", "!lib"]),
        ])
        #expect(graph.edges == [[1], [], []])
        #expect(graph.errors.list.isEmpty && graph.mismatches.list.isEmpty)
    }

    @Test func pipelinesNeedPackagesToo() throws {
        let graph = MelangeGraph([
            try head(
                "app", sections: "pipeline: [{uses: autoconf/make}, {uses: git-checkout, with: {repository: 'https://example.org/x'}}]"),
            try head("make", sections: "pipeline: [{uses: strip, if: 'a == b'}]"), try head("binutils"), try head("git"),
        ])
        #expect(graph.edges == [[1], [], [], []])
    }

    @Test func whatTestsNeedIsNoEdge() throws {
        let graph = MelangeGraph([
            try head("app", sections: "test: {environment: {contents: {packages: [lib]}}, pipeline: [{runs: x}]}"), try head("lib"),
        ])
        #expect(graph.edges == [[], []])
    }

    @Test func ownSubpackagesAndCyclesAreLeftAsTheyAre() throws {
        let graph = MelangeGraph([
            try head("a", needs: ["a-dev", "b"], sections: "subpackages: [{name: a-dev}]"), try head("b", needs: ["a-dev"]),
        ])
        #expect(graph.edges == [[1], [0]])
    }

    @Test func providedNamesAreFound() throws {
        let graph = MelangeGraph([
            try head("app", needs: ["php", "cmd:php", "php=8.2-r0", "virtual"]),
            try provider("php-8.2", "8.2", provides: ["php=${{package.full-version}}", "virtual"]),
            try provider("php-8.10", "8.10", provides: ["php=${{package.full-version}}", "cmd:php=8.10-r0"]),
        ])
        #expect(graph.edges == [[1, 2], [], []])
        #expect(graph.mismatches.list.isEmpty)
    }

    private func provider(_ name: String, _ version: String, provides: [String]) throws -> MelangeHead {
        let list = provides.map { "'\($0)'" }.joined(separator: ", ")
        let text = "package: {name: \(name), version: '\(version)', epoch: 0, dependencies: {provides: [\(list)]}}"
        var compiler = MelangeCompiler(pipelines: StandIn.pipelines())
        var errors = DocumentErrors()
        let file = try MelangeConfigurationFile.read(text, name: "\(name).yaml")
        return try #require(compiler.head(of: file, for: try x86(), errors: &errors))
    }

    @Test func constraintsThatNoVersionMeetsAreTold() throws {
        let graph = MelangeGraph([
            try head("app", needs: ["lib>=2", "lib~1", "lib<1.0-r1", "lib@edge"]), try head("lib"), try head("b", needs: ["lib>=2"]),
        ])
        #expect(graph.edges == [[1], [], []])
        #expect(
            graph.mismatches.list.map(\.description) == [
                #"app.yaml:2:37: needs "lib>=2", but what is built here has 1.0-r0"#,
                #"b.yaml:2:37: needs "lib>=2", but what is built here has 1.0-r0"#,
            ])
    }

    @Test func packagesMadeTwiceAreTold() throws {
        let graph = MelangeGraph([
            try head("a", sections: "subpackages: [{name: common}]"), try head("b", sections: "subpackages: [{name: common}, {name: a}]"),
            try head("a", on: "aarch64"),
        ])
        #expect(
            graph.errors.list.map(\.description) == [
                #"b.yaml:3:22: the package "common" is made by a.yaml:3 too; leave one of them out"#,
                #"b.yaml:3:38: the package "a" is made by a.yaml:1 too; leave one of them out"#,
            ])
    }

    @Test func needsMeanTheSameArchitecture() throws {
        let graph = MelangeGraph([
            try head("app", needs: ["lib"]), try head("lib", on: "aarch64"), try head("app", needs: ["lib"], on: "aarch64"),
        ])
        #expect(graph.edges == [[], [], [1]])
    }

    @Test func rangesAndConditionsCountForNames() throws {
        let made = try head(
            "a",
            sections: """
                data: [{name: d, items: {x: '', y: ''}}]
                subpackages: [{name: 'a-${{range.key}}', range: d, if: "${{range.key}} == x"}]
                """)
        #expect(made.provided.map(\.text) == ["a", "a-x"])
    }

    @Test func thousandsOfHeadsAreQuick() throws {
        var heads: [MelangeHead] = []
        for index in 0..<3000 { heads.append(try provider("p\(index)", "1.\(index)", provides: ["all=\(index)"])) }
        for index in heads.indices {
            heads[index].needs = (0..<20).map { NeedReference(text: "p\((index + $0 * 37) % 3000)", file: "x", position: .start) }
        }
        let graph = MelangeGraph(heads)
        #expect(graph.edges.allSatisfy { $0.count == 19 })
    }
}
