import Documents
import FarmModel
import Foundation
import Testing

@testable import Recipes

/// x86_64
func x86() throws -> Architecture { try #require(Architecture("x86_64")) }

/// Pipelines that stand in for the built-in ones.
enum StandIn {
    static let texts = [
        "autoconf/make": """
        name: Run autoconf make
        needs: {packages: [make]}
        inputs: {dir: {default: .}, opts: {default: ''}}
        pipeline:
          - runs: make -C '${{inputs.dir}}' ${{inputs.opts}}
        """,
        "autoconf/make-install": """
        inputs: {dir: {default: .}, opts: {}}
        pipeline:
          - runs: make -C "${{inputs.dir}}" install DESTDIR="${{targets.contextdir}}"
        """,
        "strip": "needs: {packages: [binutils, scanelf]}\npipeline: [{runs: 'strip ${{targets.contextdir}}'}]",
        "split/dev": """
        inputs: {package: {default: '${{package.name}}', description: of which}}
        pipeline:
          - runs: mkdir -p "${{targets.subpkgdir}}"; mv "${{targets.outdir}}/${{inputs.package}}/usr/include" "${{targets.subpkgdir}}"
        """,
        "needs/more":
            "inputs: {of: {required: true}}\nneeds: {packages: ['${{inputs.of}}-dev', make]}\npipeline: [{uses: autoconf/make, with: {dir: '${{inputs.of}}'}}]",
        "endless": "pipeline: [{uses: endless}]",
        "bomb":
            "pipeline: [{uses: bomb-a}, {uses: bomb-a}, {uses: bomb-a}, {uses: bomb-a}, {uses: bomb-a}, {uses: bomb-a}, {uses: bomb-a}, {uses: bomb-a}]",
        "bomb-a":
            "pipeline: [{uses: bomb-b}, {uses: bomb-b}, {uses: bomb-b}, {uses: bomb-b}, {uses: bomb-b}, {uses: bomb-b}, {uses: bomb-b}, {uses: bomb-b}]",
        "bomb-b":
            "pipeline: [{uses: bomb}, {uses: bomb}, {uses: bomb}, {uses: bomb}, {uses: bomb}, {uses: bomb}, {uses: bomb}, {uses: bomb}]",
    ]

    /// Inputs of the pipelines that the real files use.
    private static let anyInputs = [
        "args", "error_strings", "install-dir", "man", "min-coverage", "pattern", "post", "real-pkg-name", "version-flag", "bins",
        "content", "deps", "dir", "executable-path", "expect-contains", "expected_output", "extra-library-paths", "files", "gem",
        "gem-file", "go-package", "help-flag", "import", "imports", "ldflags", "module_name", "modroot", "modules", "name", "opts",
        "output", "package",
        "package-match", "packages", "patches", "path", "prefix", "prevent-inclusion", "python", "replaces", "require", "series", "setup",
        "skip-files",
        "start", "tags", "tidy", "timeout", "version", "virtual-pkg-name",
    ]

    /// The pipelines, and for all other names ones that take any input of the real files.
    static func pipelines(own: [String: String] = [:], anythingGoes: Bool = false) -> MelangePipelines {
        let inputs = anyInputs.map { "\($0): {}" }.joined(separator: ", ")
        let anything = "inputs: {\(inputs)}\npipeline: [{runs: 'true'}]"
        var pipelines = MelangePipelines(names: texts.keys.sorted()) { texts[$0] ?? (anythingGoes ? anything : nil) }
        pipelines.setOwn(own)
        return pipelines
    }
}

/// What a text compiles to for x86_64.
func build(
    _ text: String, own: [String: String] = [:], anythingGoes: Bool = false, defaults: MelangeDefaults = MelangeDefaults(),
    for architecture: Architecture? = nil
) throws -> MelangeBuild {
    let configuration = try MelangeConfigurationFile.read(text, name: "bad.yaml")
    var compiler = MelangeCompiler(pipelines: StandIn.pipelines(own: own, anythingGoes: anythingGoes), defaults: defaults)
    return try compiler.compile(configuration, for: try architecture ?? x86())
}

/// A configuration of one package with some further sections.
func configuration(_ sections: String) -> String { "package: {name: tree, version: 1.2.3, epoch: 4}\n" + sections }

/// A melange file among the fixtures.
func melangeFixture(_ name: String) throws -> String { try String(contentsOf: fixture("melange/" + name), encoding: .utf8) }

extension Phase {
    /// The text that the phase runs.
    var script: String { if case .script(let text) = command { text } else { "" } }
}
