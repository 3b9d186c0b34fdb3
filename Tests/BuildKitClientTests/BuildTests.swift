import FarmModel
import SwiftProtobuf
import Testing

@testable import BuildKitClient

/// What is asked of daemons, as messages: what no daemon of the tests can do is looked at here.
@Suite struct BuildTests {
    private let definition = Build.Work.definition(Definition(of: Operation.image("a:1", platform: nil).output()))

    private func old() -> Abilities { Abilities(version: nil, workers: [], isEmbedded: true) }
    private func new() -> Abilities { Abilities(version: "v0.26.3", workers: [], isEmbedded: false) }

    @Test func anExportIsAskedForInBothForms() {
        var build = Build(definition, purpose: "x")
        build.export = .oci(name: "a:1").dated(7)
        let request = build.request(reference: "r", session: "s")
        #expect(request.ref == "r")
        #expect(request.session == "s")
        #expect(request.exporter == "oci")
        #expect(request.exporterAttrs == ["name": "a:1", "source-date-epoch": "7"])
        #expect(request.exporters.map(\.type) == ["oci"])
        #expect(request.exporters.map(\.attrs) == [request.exporterAttrs])
        #expect(request.frontend.isEmpty)
        #expect(request.entitlements.isEmpty)
    }

    @Test func cachesAndTheDaemonsNetworkAreAskedFor() {
        var build = Build(definition, purpose: "x")
        build.allowsHostNetwork = true
        build.cacheImports = [Build.Cache(type: "registry", attributes: ["ref": "r/c"])]
        build.cacheExports = [Build.Cache(type: "inline")]
        let request = build.request(reference: "r", session: "s")
        #expect(request.entitlements == ["network.host"])
        #expect(request.cache.imports.map(\.type) == ["registry"])
        #expect(request.cache.imports[0].attrs == ["ref": "r/c"])
        #expect(request.cache.exports.map(\.type) == ["inline"])
    }

    @Test func theReaderOfADockerfileIsToldOfCachesAndTheNetwork() {
        var dockerfile = DockerfileBuild()
        dockerfile.network = .none
        dockerfile.contexts = ["lib": "dependency-0"]
        var build = Build(.dockerfile(dockerfile), purpose: "x")
        build.cacheImports = [Build.Cache(type: "registry", attributes: ["ref": "r/c"])]
        let request = build.request(reference: "r", session: "s")
        #expect(request.frontendAttrs["cache-from"] == "r/c")
        #expect(request.frontendAttrs["context:lib"] == "local:dependency-0")
        #expect(request.frontendAttrs["force-network-mode"] == "none")
    }

    @Test func aDockerfileIsAskedForByItsReadersSettings() {
        var dockerfile = DockerfileBuild()
        dockerfile.file = "deep/Dockerfile"
        dockerfile.target = "last"
        dockerfile.arguments = ["A": "1 2"]
        dockerfile.labels = ["l": "v"]
        dockerfile.platforms = [Platform(architecture: "amd64"), Platform(architecture: "arm", variant: "v7")]
        dockerfile.sourceDateEpoch = 315_532_800
        dockerfile.ignoresCache = true
        dockerfile.resolution = .pull
        let request = Build(.dockerfile(dockerfile), purpose: "x").request(reference: "r", session: "s")
        #expect(request.frontend == "dockerfile.v0")
        #expect(
            request.frontendAttrs == [
                "filename": "deep/Dockerfile", "target": "last", "build-arg:A": "1 2", "label:l": "v",
                "platform": "linux/amd64,linux/arm/v7",
                "build-arg:SOURCE_DATE_EPOCH": "315532800", "no-cache": "", "image-resolve-mode": "pull",
            ])
        #expect(request.definition.def.isEmpty)
        dockerfile.arguments["SOURCE_DATE_EPOCH"] = "5"
        #expect(dockerfile.attributes["build-arg:SOURCE_DATE_EPOCH"] == "5")
    }

    @Test func whoCanExportsImagesItself() {
        let pushed = ExportChoice(.image(name: "r/a:1", pushes: true, isInsecure: true), name: "r/a:1", abilities: new())
        #expect(pushed.export.type == "image")
        #expect(pushed.export.attributes == ["name": "r/a:1", "push": "true", "registry.insecure": "true"])
        #expect(pushed.step == nil)
        #expect(pushed.fallback == nil)
    }

    @Test func whoCannotLeavesItToDockerd() {
        let pushed = ExportChoice(.image(name: "r/a:1", pushes: true), name: "r/a:1", abilities: old())
        #expect(pushed.export == .moby(name: "r/a:1"))
        #expect(pushed.step == .push("r/a:1"))
        #expect(pushed.fallback != nil)
        let stored = ExportChoice(.image(name: "r/a:1", pushes: false), name: "r/a:1", abilities: old())
        #expect(stored.export == .moby(name: "r/a:1"))
        #expect(stored.step == nil)
        for wanted in [Export.oci(name: "a"), .docker(name: "a")] {
            let saved = ExportChoice(wanted, name: "r/a:1", abilities: old())
            #expect(saved.export == .moby(name: "r/a:1"))
            #expect(saved.step == .save("r/a:1"))
        }
        for wanted in [Export.local, .tar] {
            #expect(ExportChoice(wanted, name: "a", abilities: old()) == ExportChoice(wanted, name: "b", abilities: new()))
        }
    }

    @Test func cachesGoToTheRegistryOrIntoTheImage() {
        let whole = CacheChoice(registry: "h:5000", name: "c", mode: .max, abilities: new())
        #expect(whole.imports == [Build.Cache(type: "registry", attributes: ["ref": "h:5000/c"])])
        #expect(whole.exports == [Build.Cache(type: "registry", attributes: ["ref": "h:5000/c", "mode": "max"])])
        #expect(whole.fallback == nil)
        let inline = CacheChoice(registry: "h:5000", name: "c", mode: .min, abilities: old())
        #expect(inline.imports == whole.imports)
        #expect(inline.exports == [Build.Cache(type: "inline")])
        #expect(inline.fallback != nil)
    }

    @Test func whatADaemonCanDoFollowsFromWhatItIs() {
        #expect(old().words.isEmpty)
        #expect(new().words == ["cache-export", "image-export", "mergeop", "secret-variables"])
        let embedded = Abilities(version: "v0.0.0+unknown", workers: [], isEmbedded: true)
        #expect(embedded.words == ["mergeop", "secret-variables"])
    }

    @Test func eventsComeInOrder() {
        let status = Moby_Buildkit_V1_StatusResponse.with {
            $0.vertexes = [
                .with {
                    $0.digest = "d"
                    $0.name = "n"
                    $0.cached = true
                    $0.error = "e"
                }
            ]
            $0.logs = [
                .with {
                    $0.vertex = "d"
                    $0.msg = [1, 2].protobuf
                }
            ]
            $0.warnings = [.with { $0.short = Array("w".utf8).protobuf }]
        }
        let step = BuildEvent.Step(digest: "d", name: "n", isCached: true, hasStarted: false, hasEnded: false, error: "e")
        #expect(BuildEvent.events(of: status) == [.step(step), .log(step: "d", bytes: [1, 2]), .warning("w")])
    }

    @Test(arguments: [
        ("x86_64", "linux/amd64"), ("aarch64", "linux/arm64"), ("armv7", "linux/arm/v7"), ("riscv64", "linux/riscv64"),
    ])
    func architecturesHavePlatforms(_ name: String, _ text: String) throws {
        let architecture = try #require(Architecture(name))
        let platform = try #require(Platform(architecture))
        #expect(platform.description == text)
        #expect(platform.farmArchitecture == architecture)
        #expect(Platform(.noarch) == nil)
        #expect(Platform(architecture: "amd64", variant: "v3").farmArchitecture == nil)
        #expect(Platform(architecture: "386").farmArchitecture == nil)
    }
}
