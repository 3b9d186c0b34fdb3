import FarmModel
import Testing

@testable import EngineClient

@Suite struct TypesTests {
    @Test func imageNamesAreTakenApart() {
        func parts(_ reference: String) -> [String] { [ImageName(reference).repository, ImageName(reference).tag] }
        #expect(parts("a") == ["a", "latest"])
        #expect(parts("a:1") == ["a", "1"])
        #expect(parts("host:5000/a/b") == ["host:5000/a/b", "latest"])
        #expect(parts("host:5000/a/b:2") == ["host:5000/a/b", "2"])
        #expect(parts("a/b@sha256:00") == ["a/b", "sha256:00"])
    }

    @Test func queriesAndFilters() {
        #expect(QueryText.make([("a b", "c&d=é/+")]) == "?a%20b=c%26d%3D%C3%A9%2F%2B")
        #expect(QueryText.make([]) == "")
        #expect(QueryText.path("host:5000/a:b") == "host%3A5000/a%3Ab")
        #expect(Filters.query(["label": ["a=b"], "id": ["x"]]).map(\.value) == [#"{"id":["x"],"label":["a=b"]}"#])
        #expect(Filters.query([:]).isEmpty)
    }

    @Test func credentialsAreBase64ForURLs() throws {
        let header = RegistryCredentials(user: "u?>", password: "p~\u{fc}").header
        #expect(!header.contains("+") && !header.contains("/"))
        let bytes = try #require(Base64.bytes(ofURLText: header))
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"username":"u?>","password":"p~ü"}"#)
    }

    @Test func versionsOfDaemons() throws {
        let docker = try #require(
            EngineVersion(["ApiVersion": "1.41", "MinAPIVersion": "1.12", "Version": "20.10.24\u{1b}", "Arch": "amd64"]))
        #expect(docker.product == .dockerd && docker.version == "20.10.24" && docker.api == APIVersion(major: 1, minor: 41))
        let podman = try #require(EngineVersion(["ApiVersion": "1.41", "Components": [["Name": "Podman Engine"]]]))
        #expect(podman.product == .podman)
        #expect(EngineVersion(["Version": "1"]) == nil)
        #expect(APIVersion("1.9").map { $0 < APIVersion(major: 1, minor: 10) } == true)
        #expect(APIVersion("1.x") == nil)
    }

    @Test func anUnprivilegedContainer() {
        var specification = ContainerSpecification(image: "i")
        specification.command = ["a"]
        specification.isUnprivileged = true
        specification.hasReadOnlyRoot = true
        specification.volumes = [.init("v", at: "/x", isReadOnly: true)]
        specification.cpus = 1.5
        specification.memoryBytes = 5
        specification.keepsLog = false
        let host = specification.json["HostConfig"]
        #expect(host?["CapDrop"] == ["ALL"])
        #expect(host?["SecurityOpt"] == ["no-new-privileges"])
        #expect(host?["ReadonlyRootfs"] == true)
        #expect(host?["Binds"] == ["v:/x:ro,nocopy"])
        #expect(host?["NanoCpus"] == 1_500_000_000)
        #expect(host?["Memory"] == 5 && host?["MemorySwap"] == 5)
        #expect(host?["LogConfig"]?["Type"] == "none")
        #expect(host?["NetworkMode"] == "none")
        #expect(specification.json["OpenStdin"] == nil)
    }

    @Test func whatDaemonsSayBecomesOneLine() {
        #expect(EngineError.line(" a\n\tb\u{1b}[31m\u{202e}c ") == "a b [31m c")
        let error = EngineError(address: "unix:///x", request: "GET /y", problem: .refused(status: 404, message: "no such z"))
        #expect(error.description == "unix:///x: GET /y: no such z")
        #expect(error.isMissing)
    }
}
