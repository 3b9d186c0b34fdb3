import FarmModel
import Testing

@Suite struct PlanJSONTests {
    @Test func aBarePlanIsShort() throws {
        let plan = Plan(architecture: .noarch, phases: [Phase(name: "build", command: .script("make"))])
        #expect(JSONValue.object(plan.json).text == #"{"arch":"noarch","phases":[{"name":"build","run":"make"}]}"#)
        #expect(try Plan(json: plan.json) == plan)
    }

    /// Digests are stored: a change of this one means that every unchanged job runs again.
    @Test func theDigestIsStable() {
        var plan = Plan(architecture: .noarch, phases: [Phase(name: "build", command: .script("make"))])
        let golden = "sha256:ea03b81c9a59e6f82d3abb26d11db777214c0dd08a2172a54615e6e383a6cab2"
        #expect(plan.digest.description == golden)
        plan.limits.memoryBytes = 1
        plan.caches = [CacheMount(id: "c", path: "/c")]
        #expect(plan.digest.description == golden)
    }

    @Test func allKindsReadAgain() throws {
        var plan = Plan(environment: .image("x"), architecture: .native, phases: [Phase(name: "a", command: .arguments(["b", ""]))])
        plan.variables = ["B": "2", "A": "1"]
        plan.sources = [
            Source(
                origin: .local(LocalSource(path: "p", include: ["i"], exclude: ["e"], ignoreFile: "f", tree: .of([]))), destination: "d"),
            Source(origin: .url(URLSource(url: "https://h", digest: .of([]), unpack: true, stripComponents: 2))),
            Source(origin: .git(GitSource(repository: "r", reference: "b", commit: "c", subfolder: "s", submodules: true))),
        ]
        plan.caches = [CacheMount(id: "c", path: "/c", sharing: .locked)]
        plan.secrets = [SecretUse(name: "s", variable: "S", phases: ["a"])]
        plan.outputs = [OutputPattern(glob: "g"), OutputPattern(glob: "h", isRequired: false)]
        plan.limits.wallMilliseconds = nil
        plan.limits.cpus = 2
        plan.limits.outputBytes = 5
        plan.isVolatile = true
        plan.sourceDateEpoch = 0
        let stored = try JSONParser.parse(JSONValue.object(plan.json).text)
        #expect(try Plan(json: try #require(stored.object)) == plan)
    }

    @Test func packagesReadAgain() throws {
        var environment = PackageEnvironment(
            repositories: [.init(address: "https://h/a"), .init(address: "/b", tag: "edge")], keys: ["https://h/k.rsa.pub"],
            packages: ["busybox", "zlib-dev>=1.3"])
        environment.users = [.init(name: "u", number: 5, group: 6, shell: "/bin/ash", home: "/h")]
        environment.groups = [.init(name: "g", number: 6, members: ["u"])]
        var plan = Plan(environment: .packages(environment), architecture: .native, phases: [])
        plan.sources = [
            Source(origin: .url(URLSource(url: "https://h", checksum: .sha512(Array(repeating: 7, count: 64))))),
            Source(origin: .url(URLSource(url: "https://h/x", checksum: .none))),
            Source(origin: .texts(["a/b": "text", "c": ""]), destination: "files"),
        ]
        var git = GitSource(repository: "r")
        git.keepsRepository = true
        git.picks = ["branch/c"]
        plan.sources.append(Source(origin: .git(git)))
        var body = PackageBody(folder: "f", name: "n-dev", version: "1-r0", architecture: "x86_64", origin: "n", buildTime: 5)
        body.summary = "s"
        body.copyrights = [.init(license: "MIT", attestation: "a", paths: ["*"])]
        body.copyrights[0].textPath = ".licenses/n/0"
        body.scriptlets = [.postInstall: "true", .trigger: "false"]
        body.triggerPaths = ["/usr"]
        body.options.hasNoProvides = true
        body.providerPriority = 3
        var capabilities = FileCapabilities(path: "usr/bin/x")
        capabilities.permitted = try #require(CapabilitySet(names: ["cap_net_raw", "cap_bpf"]))
        capabilities.inheritable = try #require(CapabilitySet(names: ["cap_chown"]))
        capabilities.isEffective = true
        body.capabilities = [capabilities, FileCapabilities(path: "y")]
        body.disabledLinters = ["opt"]
        body.answeredLinters = ["pkgconf"]
        plan.packages = [body]
        let phase = Phase(name: "p", command: .script("x"))
        var trial = PackageTest(name: "t", environment: environment, variables: ["A": "1"], phases: [phase])
        trial.user = 2_000
        trial.sources = [plan.sources[2]]
        plan.tests = [trial]
        plan.user = 0
        let stored = try JSONParser.parse(JSONValue.object(plan.json).text)
        #expect(try Plan(json: try #require(stored.object)) == plan)
        #expect(plan.knownSources == nil)
    }

    @Test func dockerfilesReadAgain() throws {
        var plan = Plan(architecture: .native, phases: [])
        var body = DockerfileBody()
        plan.dockerfile = body
        #expect(JSONValue.object(plan.body()).text == #"{"dockerfile":{}}"#)
        #expect(try Plan(json: plan.json) == plan)
        body.place = .text("FROM scratch\n")
        body.context = "c"
        body.target = "t"
        body.arguments = ["B": "2", "A": ""]
        body.architectures = ["aarch64", "x86_64"].compactMap { Architecture($0) }
        body.output = .none
        body.network = .none
        plan.dockerfile = body
        var export = ImageExport(image: "h:1/a:b")
        export.tags = ["c"]
        export.pushes = false
        export.isInsecure = true
        export.credentials = "s"
        plan.exports = [export, ImageExport(image: "h/a")]
        let stored = try JSONParser.parse(JSONValue.object(plan.json).text)
        #expect(try Plan(json: try #require(stored.object)) == plan)
        #expect(plan.secretNames == ["s"])
        let digest = plan.digest
        plan.exports.removeLast()
        #expect(plan.digest != digest)
    }

    @Test(arguments: [("h:1/a:b", "h:1/a", "h:1"), ("h:1/a", "h:1/a", "h:1"), ("h/x/a:b", "h/x/a", "h")])
    func imagesHaveARepositoryAndARegistry(_ image: String, _ repository: String, _ registry: String) {
        var export = ImageExport(image: image)
        export.tags = ["t"]
        #expect(export.names == [image, "\(repository):t"])
        #expect(export.registry == registry)
    }

    static let damaged = [
        (#"{}"#, "arch"), (#"{"arch":"z80"}"#, "arch"), (#"{"arch":"noarch","phases":1}"#, "phases"),
        (#"{"arch":"noarch","phases":[{"run":"x"}]}"#, "phases[0].name"),
        (#"{"arch":"noarch","environment":{"variables":{"A":1}}}"#, "environment.variables"),
        (#"{"arch":"noarch","sources":[{"to":"x"}]}"#, "sources[0].git"),
        (#"{"arch":"noarch","sources":[{"url":"x"}]}"#, "sources[0].sha256"),
        (#"{"arch":"noarch","limits":{"time_ms":"1h"}}"#, "limits.time_ms"), (#"{"arch":"noarch","outputs":[1]}"#, "outputs"),
        (#"{"arch":"noarch","dockerfile":1}"#, "dockerfile"),
        (#"{"arch":"noarch","dockerfile":{"output":"x"}}"#, "dockerfile.output"),
        (#"{"arch":"noarch","dockerfile":{"architectures":["z80"]}}"#, "dockerfile.architectures"),
        (#"{"arch":"noarch","exports":[{}]}"#, "exports[0].image"),
        (#"{"arch":"noarch","caches":[{"id":"c","path":"/c","sharing":"x"}]}"#, "caches[0].sharing"),
    ]

    @Test(arguments: damaged) func damagedPlansNameTheMember(_ text: String, _ member: String) throws {
        let object = try #require(try JSONParser.parse(text).object)
        let message = "a stored plan is damaged: plan.\(member) is missing or of the wrong kind"
        #expect(throws: FarmError(.badInput, message)) { try Plan(json: object) }
    }
}
