import Documents
import HostSystem
import Testing

@testable import Recipes

/// What holds for each built-in text.
@Suite struct BuiltInPipelineTextTests {
    @Test func noNameIsTakenTwice() {
        #expect(BuiltInPipelines.names.count == BuiltInPipelines.families.reduce(0) { $0 + $1.count })
        #expect(BuiltInPipelines.names == BuiltInPipelines.names.sorted())
    }

    @Test func unknownNamesHaveNoText() {
        for name in ["", "fetch", "git-checkout", "split", "split/", "split/dev ", "split/dev.yaml", "../strip"] {
            #expect(BuiltInPipelines.text(name) == nil, "\(name)")
        }
    }

    /// The names that configurations of Wolfi use, and all that melange has.
    @Test(arguments: [
        "R/build autoconf/configure autoconf/make autoconf/make-install bump cargo/build cmake/build cmake/configure cmake/install",
        "git-am git/gnulib-bootstrap go/build go/build/v2 go/bump go/covdata go/install llvm/covreport",
        "maven/configure-mirror maven/pombump",
        "meson/compile meson/configure meson/install npm/install patch pecl/install pecl/phpize perl/cleanup perl/dzil perl/make",
        "py/one-python py/pip-build-install python/build python/build-wheel python/import python/install python/test",
        "ruby/build ruby/clean ruby/install ruby/require sed strip",
        "split/alldocs split/bin split/debug split/dev split/infodir split/lib split/locales split/manpages split/static",
        "test/daemon-check-output test/docs test/emptypackage test/fonts test/hardening-check test/metapackage test/no-docs",
        "test/perl-module-check test/pkgconf test/verify-service test/virtualpackage",
        "test/tw/byproductpackage test/tw/configpackage test/tw/contains-files test/tw/debugpackage test/tw/devpackage test/tw/docs",
        "test/tw/emptypackage test/tw/gem-check test/tw/header-check test/tw/help-check test/tw/langpackage test/tw/ldd-check",
        "test/tw/metapackage test/tw/pip-check test/tw/shell-syntax-check test/tw/staticpackage test/tw/symlink-check",
        "test/tw/ver-check test/tw/virtualpackage xcover/ensure xcover/profile xcover/status xcover/stop xcover/wait",
    ]) func usedNamesHaveTexts(_ names: String) {
        for name in names.split(separator: " ") { #expect(BuiltInPipelines.text(String(name)) != nil, "\(name)") }
    }

    @Test(arguments: BuiltInPipelines.names) func keysAreKnown(_ name: String) throws {
        let text = try BuiltInPipelineText(name)
        #expect(text.document.keys.isSubset(of: ["name", "needs", "inputs", "pipeline"]))
        #expect(text.document["name"]?.text.isEmpty == false)
        #expect(text.document["needs"]?.keys ?? ["packages"] == ["packages"])
        for input in text.inputs {
            #expect(input.value.keys.isSubset(of: ["description", "default", "required"]), "\(input.key)")
            #expect(input.value["description"]?.text.hasSuffix(".") == true, "\(input.key)")
        }
        let steps = text.document["pipeline"]?.elements ?? []
        #expect(!steps.isEmpty)
        for step in steps {
            #expect(step.keys.isSubset(of: ["name", "runs", "uses", "with", "working-directory"]))
            #expect((step["runs"] == nil) != (step["uses"] == nil), "a step either runs a script or uses a pipeline")
        }
    }

    @Test(arguments: BuiltInPipelines.names) func linesAreTidy(_ name: String) throws {
        let text = try #require(BuiltInPipelines.text(name))
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            #expect(!line.contains("\t") && line.last != " ", "\(line)")
        }
    }

    @Test(arguments: BuiltInPipelines.names) func variablesAreDeclared(_ name: String) throws {
        let text = try BuiltInPipelineText(name)
        let source = try #require(BuiltInPipelines.text(name))
        let known: Set = [
            "targets.outdir", "targets.destdir", "targets.contextdir", "targets.subpkgdir", "context.name", "package.name",
            "package.version", "package.full-version", "package.srcdir", "build.arch", "host.triplet.gnu",
        ]
        let own = Set(text.inputs.map { "inputs.\($0.key)" })
        for variable in variables(in: source) { #expect(known.contains(variable) || own.contains(variable), "\(variable)") }
        for input in text.inputs {
            let used = variables(in: source).contains("inputs.\(input.key)")
            let idle = input.value["description"]?.text.hasPrefix("Has no effect") == true
            #expect(used || idle || input.key == "package" || input.key == "version", "\(input.key) is not used")
        }
    }

    @Test(arguments: BuiltInPipelines.names) func usedPipelinesExist(_ name: String) throws {
        for step in try BuiltInPipelineText(name).steps {
            guard let used = step.uses else { continue }
            let inner = try BuiltInPipelineText(used)
            #expect(Set(step.with.keys).isSubset(of: inner.inputs.map(\.key)))
        }
    }

    @Test(arguments: BuiltInPipelines.names) func shellsCanReadScripts(_ name: String) throws {
        for script in try BuiltInPipelineText(name).steps.compactMap(\.runs) {
            let filled = variables(in: script).reduce(script) { $0.replacing("${{\($1)}}", with: "value") }
            for shell in [["/usr/bin/dash"], ["/usr/bin/busybox", "sh"]] {
                let result = try Subprocess.run(
                    shell + ["-n", "-c", filled], environment: [], deadline: Clock.boottimeMilliseconds + 60_000)
                #expect(result.isSuccess && result.error.isEmpty, "\(shell) \(String(decoding: result.error, as: UTF8.self))")
            }
        }
    }

    /// What stands between `${{` and `}}`.
    private func variables(in text: String) -> Set<String> {
        Set(text.split(separator: "${{").dropFirst().compactMap { $0.split(separator: "}}").first.map(String.init) })
    }
}

extension DocumentNode {
    fileprivate var keys: Set<String> { Set((members ?? []).map(\.key)) }
}
