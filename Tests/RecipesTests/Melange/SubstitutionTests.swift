import Documents
import FarmModel
import Testing

@testable import Recipes

@Suite struct SubstitutionTests {
    private static let scope: MelangeScope = {
        var scope = MelangeScope(shared: ["package.name": "tree", "vars.x": "${{vars.y}}", "vars.empty": ""], package: "tree-doc")
        scope.subpackage = "tree-doc"
        scope.packages = ["tree", "tree-doc", "libstdc++"]
        scope.entry = ("key", "value")
        scope.inputs = ["opts": "--with 'x'"]
        return scope
    }()

    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("${{package.name}}", "tree"), ("a${{package.name}}b${{package.name}}", "atreebtree"),
        ("${{ package.name }}", "tree"), ("${{\tpackage.name\n}}", "tree"), ("${{vars.x}}", "${{vars.y}}"), ("${{vars.empty}}", ""),
        ("$${{package.name}}", "$tree"), ("${package.name} $(x) {{y}}", "${package.name} $(x) {{y}}"), ("${{inputs.opts}}", "--with 'x'"),
        ("${{subpkg.name}}", "tree-doc"), ("${{context.name}}", "tree-doc"), ("${{range.key}}=${{range.value}}", "key=value"),
        ("${{targets.subpkgdir}}", "/home/build/melange-out/tree-doc"), ("${{targets.contextdir}}", "/home/build/melange-out/tree-doc"),
        ("${{targets.package.tree}}", "/home/build/melange-out/tree"),
        ("${{targets.package.libstdc++}}", "/home/build/melange-out/libstdc++"),
        ("é${{package.name}}é", "étreeé"), ("${{package.name}}}}", "tree}}"),
    ])
    func replaces(_ text: String, _ expected: String) throws {
        #expect(try Self.scope.replacing(in: text) == expected)
    }

    @Test(arguments: [
        ("${{package.nam}}", #"unknown variable "${{package.nam}}", did you mean ${{package.name}}?"#),
        ("${{inputs.opt}}", #"unknown variable "${{inputs.opt}}", did you mean ${{inputs.opts}}?"#),
        ("${{targets.package.tre}}", #"unknown variable "${{targets.package.tre}}", did you mean ${{targets.package.tree}}?"#),
        ("${{nothing.like.this}}", #"unknown variable "${{nothing.like.this}}""#), ("${{}}", "a variable without a name; write ${{name}}"),
        ("${{package.name", #""${{package.name" is no variable; write ${{name}}"#),
        ("${{package.name}", #""${{package.name}" is no variable; write ${{name}}"#),
        ("x${{a b}}", #""${{a b}}" is no variable; write ${{name}}"#), ("${{", #""${{" is no variable; write ${{name}}"#),
        ("${{${{package.name}}}}", #""${{${{package.name}}}}" is no variable; write ${{name}}"#),
    ])
    func refuses(_ text: String, _ message: String) throws {
        let fault = try #require(throws: SubstitutionFault.self) { try Self.scope.replacing(in: text) }
        #expect(Self.scope.message(of: fault) == message)
    }

    @Test func stopsAtItsLimit() {
        #expect(throws: SubstitutionFault.self) {
            try Substitution.replacing(in: "${{a}}${{a}}", limit: 5) { _ in "abc" }
        }
    }

    @Test(arguments: [
        ("vars: {a: '${{vars.b}}', b: x}", "vars.a", "x"), ("vars: {a: '${{package.version}}'}", "vars.a", "1.2.3"),
        ("vars: {a: '${{package.full-version}}'}", "vars.a", "1.2.3-r4"),
        ("vars: {a: '${{targets.destdir}}'}", "vars.a", "/home/build/melange-out/tree"),
        ("vars: {a: '${{build.arch}} ${{build.goarch}}'}", "vars.a", "x86_64 amd64"), ("vars: {a: ~}", "vars.a", ""),
        ("vars: {a: 1.10}", "vars.a", "1.10"),
        ("vars: {a: true}", "vars.a", "true"),
        ("var-transforms: [{from: '${{package.version}}', match: '\\.', replace: _, to: m}]", "vars.m", "1_2_3"),
        ("vars: {a: '${{vars.m}}!'}\nvar-transforms: [{from: '${{package.version}}', match: '\\..*', to: m}]", "vars.a", "1!"),
        ("vars: {m: '${{package.name}}'}\nvar-transforms: [{from: '${{vars.m}}', match: t, replace: d, to: m}]", "vars.m", "dree"),
        ("var-transforms: [{from: a, match: a, replace: b, to: m}, {from: '${{vars.m}}', match: b, replace: c, to: m}]", "vars.m", "c"),
        ("var-transforms: [{from: __t__, match: __t__, replace: '${{host.triplet.gnu}}', to: m}]", "vars.m", "x86_64-pc-linux-gnu"),
        ("options: {debug: {vars: {a: b}}}", "options.debug.enabled", "false"),
    ])
    func findsTheValuesOfVariables(_ section: String, _ name: String, _ expected: String) throws {
        let text = "package: {name: tree, version: 1.2.3, epoch: 4}\n" + section
        let configuration = try MelangeConfigurationFile.read(text, name: "tree.yaml")
        var variables = MelangeVariables(configuration, architecture: try x86())
        #expect(variables.resolved()[name] == expected)
        #expect(variables.faults.map(\.message) == [])
    }

    @Test func versionsMayStandInVariablesAndVariablesInVersions() throws {
        let text = """
            package: {name: '${{vars.base}}-${{vars.stream}}', version: '${{vars.stream}}.1', epoch: 0}
            vars: {base: php, stream: '8.3', full: '${{package.full-version}}'}
            """
        let configuration = try MelangeConfigurationFile.read(text, name: "php.yaml")
        var variables = MelangeVariables(configuration, architecture: try x86())
        let values = variables.resolved()
        #expect(values["package.name"] == "php-8.3" && values["vars.full"] == "8.3.1-r0")
        #expect(values["targets.destdir"] == "/home/build/melange-out/php-8.3")
    }

    @Test func variablesThatGrowWithoutEndAreRefused() throws {
        var lines = ["package: {name: tree, version: 1, epoch: 0}", "vars:", "  v0: \(String(repeating: "x", count: 100))"]
        for index in 1...60 { lines.append("  v\(index): ${{vars.v\(index - 1)}}${{vars.v\(index - 1)}}") }
        let configuration = try MelangeConfigurationFile.read(lines.joined(separator: "\n"), name: "tree.yaml")
        var variables = MelangeVariables(configuration, architecture: try x86())
        _ = variables.resolved()
        #expect(variables.faults.contains { $0.message.contains("longer than 131071 bytes") })
    }

    @Test func rowsOfVariablesHaveAnEnd() throws {
        var lines = ["package: {name: tree, version: 1, epoch: 0}", "vars:"]
        for index in 0..<1000 { lines.append("  v\(index): ${{vars.v\(index + 1)}}") }
        lines.append("  v1000: x")
        let configuration = try MelangeConfigurationFile.read(lines.joined(separator: "\n"), name: "tree.yaml")
        var variables = MelangeVariables(configuration, architecture: try x86())
        _ = variables.resolved()
        #expect(variables.faults.contains { $0.message.contains("more than 64 variables ask for each other in a row") })
    }

    @Test(arguments: [
        ("aarch64", "aarch64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "arm64"),
        ("armv7", "armv7l-unknown-linux-gnueabihf", "armv7-unknown-linux-gnueabihf", "arm"),
        ("riscv64", "riscv64-unknown-linux-gnu", "riscv64-unknown-linux-gnu", "riscv64"),
        ("x86_64", "x86_64-pc-linux-gnu", "x86_64-unknown-linux-gnu", "amd64"),
    ])
    func machinesHaveTheirNames(_ name: String, _ gnu: String, _ rust: String, _ go: String) throws {
        let variables = BuildMachine(try #require(Architecture(name))).variables
        #expect(variables["host.triplet.gnu"] == gnu && variables["host.triplet.rust"] == rust && variables["build.goarch"] == go)
        #expect(variables["cross.triplet.gnu.musl"] == gnu.replacing("gnu", with: "musl"))
    }
}
