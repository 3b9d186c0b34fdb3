import FarmModel
import Foundation
import Testing

@testable import Recipes

/// Real configurations, read and compiled with pipelines that stand in for the built-in ones.
@Suite struct MelangeFixtureTests {
    static let names = [
        "build-base", "dropbear", "font-opensans", "gmp", "hello-wolfi", "perl-mixin-linewise", "py3-parso", "py3.14-idna",
        "ruby3.4-rackup", "unrtf",
    ]
    static let goldens = ["gmp", "py3-parso", "ruby3.4-rackup"]

    private func compiled(_ name: String) throws -> MelangeBuild { try build(try melangeFixture(name + ".yaml"), anythingGoes: true) }

    @Test(arguments: names) func compiles(_ name: String) throws {
        let built = try compiled(name)
        #expect(built.name == name)
        #expect(built.work.phases.first?.name == "build")
        #expect(built.packages.allSatisfy { $0.version == built.fullVersion && $0.origin == name })
        #expect(!built.work.phases.contains { $0.script.contains("${{") })
    }

    @Test(arguments: names) func compilesWithTheBuiltInPipelines(_ name: String) throws {
        let configuration = try MelangeConfigurationFile.read(try melangeFixture(name + ".yaml"), name: name + ".yaml")
        var compiler = MelangeCompiler(pipelines: MelangePipelines())
        for architecture in ["x86_64", "aarch64"] {
            let built = try compiler.compile(configuration, for: try #require(Architecture(architecture)))
            #expect(built.packages.first?.name == name)
        }
    }

    @Test(arguments: names) func readsTheSameTwice(_ name: String) throws {
        #expect(try compiled(name) == compiled(name))
    }

    @Test(arguments: goldens) func comesToWhatIsStored(_ name: String) throws {
        let text = try compiled(name).golden
        let expected = try melangeFixture(name + ".expected")
        #expect(text.split(separator: "\n") == expected.split(separator: "\n"))
    }

    @Test func aFileCutAnywhereIsReadOrRefusedWithAPlace() throws {
        let text = try melangeFixture("py3-parso.yaml")
        for length in stride(from: 0, to: text.utf8.count, by: 7) {
            do {
                _ = try build(String(decoding: text.utf8.prefix(length), as: UTF8.self), anythingGoes: true)
            } catch let error as FarmError {
                #expect(error.status == .badInput)
                #expect(error.message.split(separator: "\n").allSatisfy { $0.hasPrefix("bad.yaml:") }, "\(error.message)")
            }
        }
    }

    @Test func aFileWithAnyByteChangedIsReadOrRefused() throws {
        let bytes = Array(try melangeFixture("ruby3.4-rackup.yaml").utf8)
        for place in stride(from: 0, to: bytes.count, by: 11) {
            for byte in [UInt8(ascii: "$"), UInt8(ascii: "{"), UInt8(ascii: ":"), UInt8(ascii: "\n"), UInt8(ascii: "'")] {
                var changed = bytes
                changed[place] = byte
                do {
                    _ = try build(String(decoding: changed, as: UTF8.self), anythingGoes: true)
                } catch let error as FarmError {
                    #expect(error.status == .badInput)
                }
            }
        }
    }
}

extension MelangeBuild {
    /// All of it as text, a fact a line.
    var golden: String {
        var lines = ["\(name) \(fullVersion) \(architecture)", "resources \(resources) test \(testResources)"]
        lines += needs.map { "need \($0.text) \($0.file):\($0.line):\($0.column) \($0.pipeline ?? "-")" }
        for body in packages {
            lines.append("package \(body.name) \(body.version) \(body.architecture) from \(body.origin) in \(body.folder): \(body.summary)")
            lines.append(
                "  licences \(body.copyrights.map(\.license)) depends \(body.dependencies) provides \(body.provides) replaces \(body.replaces)"
            )
            lines.append(
                "  priority \(body.providerPriority.map { "\($0)" } ?? "-") linters \(body.disabledLinters) options \(body.options)")
        }
        lines += work.golden
        for test in tests { lines += ["test \(test.name)"] + test.work.golden.map { "  " + $0 } }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension MelangeWork {
    fileprivate var golden: [String] {
        var lines = ["packages \(environment.packages.joined(separator: " "))", "user \(user == 0 ? "root" : "\(user)")"]
        lines += variables.sorted { $0.key < $1.key }.map { "variable \($0.key)=\($0.value)" }
        lines += fetches.map { "fetch \($0.uri) \($0.checksum) to \($0.destination)" }
        lines += checkouts.map {
            "checkout \($0.repository) tag \($0.tag ?? "-") branch \($0.branch ?? "-") commit \($0.commit ?? "-") to \($0.destination)"
        }
        for phase in phases {
            lines.append("phase \(phase.name) network \(phase.network)")
            lines += phase.script.split(separator: "\n", omittingEmptySubsequences: false).map { "| \($0)" }
        }
        return lines
    }
}
