import FarmModel
import Fetching
import HostSystem
import PackageFiles
import Testing

@testable import PackageRoots

@Suite struct RemoteRepositoryTests {
    private let place: TestPlace
    private let server: RepositoryServer
    private let package = TestPackage("a", [("f", .file("1"))])
    private let key: PrivateKey

    init() throws {
        place = try TestPlace()
        key = try PrivateKey.generate(name: "test.rsa", bits: 2_048)
        try place.publish([package], key: key)
        try place.write(Array(key.publicKey.pem.utf8), to: "repository/keys/\(key.publicKey.name)")
        server = try RepositoryServer(folder: place("repository"), requests: place("requests"))
    }

    private var settings: URLSettings {
        var settings = URLSettings()
        (settings.pauseMilliseconds, settings.tries) = (5, 3)
        return settings
    }

    private var builder: PackageEnvironmentBuilder { PackageEnvironmentBuilder(cache: place("cache"), settings: settings) }

    private func environment(_ prefix: String = "") -> PackageEnvironment {
        let address = "http://127.0.0.1:\(server.port)/\(prefix)"
        return PackageEnvironment(
            repositories: [.init(address: address)], keys: ["http://127.0.0.1:\(server.port)/keys/\(key.publicKey.name)"], packages: ["a"])
    }

    private func resolve(_ environment: PackageEnvironment) throws -> EnvironmentLock {
        try builder.resolve(environment, architecture: try #require(Architecture("x86_64")), context: place.context)
    }

    private func requests() throws -> [String] { try place.text(place("requests")).split(separator: "\n").map { String($0) } }

    @Test func aSecondLookIsOneSmallRequest() throws {
        let lock = try resolve(environment())
        #expect(lock.packages.map(\.name) == ["a"])
        #expect(try resolve(environment()) == lock)
        let index = "/x86_64/APKINDEX.tar.gz"
        #expect(try requests() == ["/keys/\(key.publicKey.name) 200", "\(index) 200", "\(index) 304"])
        let root = try builder.root(for: lock, context: place.context)
        #expect(try place.text("\(root.path)/f") == "1")
        #expect(try requests().last == "/x86_64/a-1-r0.apk 200")
    }

    @Test func aNewIndexIsSeen() throws {
        let lock = try resolve(environment())
        try place.publish([package, TestPackage("a", version: "2-r0", [("f", .file("2"))])], key: key)
        let newer = try resolve(environment())
        #expect(newer.packages.map(\.version) == ["2-r0"])
        #expect(newer.digest != lock.digest)
    }

    @Test func aDamagedIndexOfTheCacheIsFetchedWhole() throws {
        let lock = try resolve(environment())
        for entry in try Files.entries(of: place("cache/indexes")) where entry.type == .folder {
            try place.write(Array("damaged".utf8), to: "cache/indexes/\(try #require(entry.name))/APKINDEX.tar.gz")
        }
        #expect(try resolve(environment()) == lock)
        #expect(try requests().last == "/x86_64/APKINDEX.tar.gz 200")
    }

    @Test func aDamagedKeyOfTheCacheIsFetchedAgain() throws {
        let lock = try resolve(environment())
        let name = try #require(try Files.entries(of: place("cache/keys")).compactMap(\.name).first { $0.hasSuffix(".pem") })
        let other = try PrivateKey.generate(name: "other.rsa", bits: 2_048)
        for text in ["damaged", other.publicKey.pem] {
            try place.write(Array(text.utf8), to: "cache/keys/\(name)")
            #expect(try resolve(environment()) == lock)
            #expect(try place.text(place("cache/keys/\(name)")) == key.publicKey.pem)
        }
        #expect(try requests().filter { $0.hasPrefix("/keys/") }.count == 3)
    }

    @Test func passingFailuresAreTriedAgainAndOthersAreNot() throws {
        #expect(try resolve(environment("flaky/")).packages.count == 1)
        #expect(
            try requests().filter { $0.hasPrefix("/flaky") } == [
                "/flaky/x86_64/APKINDEX.tar.gz 503", "/flaky/x86_64/APKINDEX.tar.gz 503", "/flaky/x86_64/APKINDEX.tar.gz 200",
            ])
        let missing = failure { try resolve(environment("missing/")) }
        #expect(missing.failureClass == .badInput)
        #expect(missing.message.contains("404"))
        #expect(try requests().filter { $0.hasPrefix("/missing") }.count == 1)
        let broken = failure { try resolve(environment("broken/")) }
        #expect(broken.failureClass == .infrastructure)
        #expect(broken.message.hasSuffix("(3 tries)"))
    }

    @Test func anIndexOfAnotherKeyIsRefused() throws {
        try place.publish([package], key: try PrivateKey.generate(name: "test.rsa", bits: 2_048))
        let error = failure { try resolve(environment()) }
        #expect(error.failureClass == .badInput)
        #expect(error.message.contains("its signature by the key \(key.publicKey.name) does not fit"))
        try place.publish([package])
        #expect(failure { try resolve(environment()) }.message.contains("it is not signed"))
    }

    @Test func aPackageThatWasChangedOnItsWayIsRefused() throws {
        let lock = try resolve(environment())
        var bytes = package.bytes
        bytes[bytes.count - 20] ^= 1
        try place.write(bytes, to: "repository/x86_64/\(package.fileName)")
        let error = failure { try builder.root(for: lock, context: place.context) }
        #expect(error.failureClass == .badInput)
        #expect(error.message.hasPrefix("a-1-r0.apk: "))
        try place.write(package.bytes, to: "repository/x86_64/\(package.fileName)")
        _ = try builder.root(for: lock, context: place.context)
    }

    @Test func whatIsNoAddressIsRefused() {
        for address in ["ftp://example.org/x", "relative/folder", "", "http://169.254.169.254/x", "https:///x", "http://a b/"] {
            let environment = PackageEnvironment(repositories: [.init(address: address)], keys: [], packages: [])
            #expect(failure { try resolve(environment) }.failureClass == .badInput, "\(address)")
        }
    }

    @Test func aServerThatIsNotThereIsAnInfrastructureFailure() throws {
        var environment = environment()
        environment.repositories = [.init(address: "http://127.0.0.1:1/x")]
        let error = failure { try resolve(environment) }
        #expect(error.failureClass == .infrastructure)
    }

    @Test func passwordsStandInNoMessageAndNotInTheRoot() throws {
        var environment = environment()
        environment.repositories = [.init(address: "http://user:secret@127.0.0.1:\(server.port)")]
        let lock = try resolve(environment)
        let root = try builder.root(for: lock, context: place.context)
        #expect(try place.text("\(root.path)/etc/apk/repositories").contains("user:***@"))
        environment.repositories = [.init(address: "http://user:secret@127.0.0.1:\(server.port)/missing")]
        #expect(!failure { try resolve(environment) }.message.contains("secret"))
        #expect(!place.log.joined().contains("secret"))
    }
}

/// Serves a folder with entity tags, and some paths with failures.
private final class RepositoryServer {
    let port: Int
    private let child: ChildProcess

    init(folder: String, requests: String) throws {
        let (readEnd, writeEnd) = try Descriptor.pipe()
        var request = SpawnRequest(
            ["python3", "-c", Self.script, folder, requests], environment: ["PATH=\(Environment.value("PATH") ?? "/usr/bin:/bin")"])
        request.standardOutput = writeEnd
        request.diesWithParent = true
        child = try SpawnThread.shared.spawn(request)
        writeEnd.close()
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n"), let bytes = try readEnd.read(atMost: 1), !bytes.isEmpty { line += bytes }
        port = try #require(Int(String(decoding: line.dropLast(), as: UTF8.self)), "the server did not start")
    }

    deinit {
        try? child.killSession()
        _ = try? child.wait()
    }

    private static let script = """
        import hashlib, http.server, os, sys
        seen = {}
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_): pass
            def answer(self, code, body=b"", **fields):
                with open(sys.argv[2], "a") as f: f.write(f"{self.path} {code}\\n")
                self.send_response(code)
                for k, v in fields.items(): self.send_header(k, v)
                if code != 304: self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def do_GET(self):
                path = self.path
                seen[path] = seen.get(path, 0) + 1
                if path.startswith("/broken/"): return self.answer(500)
                if path.startswith("/flaky/"):
                    if seen[path] < 3: return self.answer(503)
                    path = path[len("/flaky"):]
                try: body = open(sys.argv[1] + path, "rb").read()
                except OSError: return self.answer(404)
                tag = '"' + hashlib.sha256(body).hexdigest() + '"'
                if self.headers.get("If-None-Match") == tag: return self.answer(304, ETag=tag)
                self.answer(200, body, ETag=tag)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """
}
