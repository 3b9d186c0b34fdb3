import FarmModel
import Fetching
import HostSystem
import Testing

@Suite struct URLFetcherTests {
    private let place: TestFolder
    private let server: TestServer
    private let log = LineLog()
    /// What the server has under most of its paths.
    private let content: [UInt8]

    init() throws {
        place = try TestFolder()
        content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        try Files.writeAtomically(content, to: place("content"))
        server = try TestServer(["python3", "-c", Self.script, place("content"), place("requests")], in: place.path)
    }

    private var context: FetchContext { FetchContext(deadline: farDeadline) { [log] in log.lines.append($0) } }

    private var settings: URLSettings {
        var settings = URLSettings()
        settings.pauseMilliseconds = 10
        return settings
    }

    private func source(_ path: String, _ digest: Digest? = nil) -> URLSource {
        URLSource(url: "http://127.0.0.1:\(server.port)/\(path)", digest: digest ?? Digest.of(content))
    }

    private func fetch(_ source: URLSource, _ settings: URLSettings? = nil) throws(FetchFailure) -> Descriptor {
        try URLFetcher(cache: place("cache"), settings: settings ?? self.settings).fetch(source, context)
    }

    private func requests() throws -> [String] { try place.text(of: "requests").split(separator: "\n").map { String($0) } }

    private var kept: String {
        let hex = Digest.of(content).hex
        return place("cache/sources/sha256/\(hex.prefix(2))/\(hex)")
    }

    @Test func filesComeOnceAndThenFromTheCache() throws {
        #expect(try fetch(source("plain")).readAll(limit: 1 << 20) == content)
        #expect(try fetch(source("plain")).readAll(limit: 1 << 20) == content)
        #expect(try fetch(source("missing")).readAll(limit: 1 << 20) == content)
        #expect(try requests() == ["plain"])
        #expect(try Files.status(kept).permissions == 0o444)
        #expect(try Files.statusIfPresent(kept + ".partial") == nil)
    }

    @Test func aLongChecksumDoesToo() throws {
        let sum = try shell("sha512sum | cut -c1-128", in: place("."), input: content)
        let bytes = try #require(Hexadecimal.bytes(of: sum))
        let source = URLSource(url: source("plain").url, checksum: .sha512(bytes))
        #expect(try fetch(source).readAll(limit: 1 << 20) == content)
        #expect(try fetch(source).readAll(limit: 1 << 20) == content)
        #expect(try requests() == ["plain"])
        let wrong = URLSource(url: source.url, checksum: .sha512([UInt8](repeating: 0, count: 64)))
        #expect(throws: FetchFailure.self) { try fetch(wrong) }
    }

    /// What nobody knows is looked at each time, and then is there under its checksum.
    @Test func anUnknownFileIsLookedAt() throws {
        let source = URLSource(url: source("plain").url, checksum: .none)
        let fetcher = URLFetcher(cache: place("cache"), settings: settings)
        for _ in 0..<2 { #expect(try fetcher.look(at: source, context) == .sha256(Digest.of(content))) }
        #expect(try requests() == ["plain", "plain"])
        #expect(try fetch(self.source("plain")).readAll(limit: 1 << 20) == content)
        #expect(try requests() == ["plain", "plain"])
    }

    @Test func damagedFilesInTheCacheAreFetchedAgain() throws {
        _ = try fetch(source("plain"))
        try Files.writeAtomically(Array("other".utf8), to: kept)
        #expect(try fetch(source("plain")).readAll(limit: 1 << 20) == content)
        #expect(try requests() == ["plain", "plain"])
    }

    @Test func redirectsAreFollowedOnlyToTheSameProtocols() throws {
        #expect(try fetch(source("redirect")).readAll(limit: 1 << 20) == content)
        for path in ["redirect-file", "redirect-loop"] {
            let failure = try failure { () throws(FetchFailure) in try fetch(source(path, Digest.of([1]))) }
            #expect(failure.failureClass == .badInput, "\(failure.message)")
        }
    }

    @Test func anotherContentIsBadInput() throws {
        let wanted = Digest.of([1])
        let source = source("plain", wanted)
        #expect(
            try failure { () throws(FetchFailure) in try fetch(source) }
                == .badInput(
                    "\(source.url) has the digest \(Digest.of(content)) where \(wanted) was expected; correct the document or the address"))
        #expect(try place.listing("cache").allSatisfy { $0.hasSuffix("/") || $0.hasSuffix(".lock") })
    }

    @Test func errorsOfTheServer() throws {
        let missing = try failure { () throws(FetchFailure) in try fetch(source("missing")) }
        #expect(missing == .badInput("cannot fetch \(source("missing").url): curl: (22) The requested URL returned error: 404"))
        #expect(try requests() == ["missing"])
        let broken = try failure { () throws(FetchFailure) in try fetch(source("broken")) }
        #expect(
            broken == .infrastructure("cannot fetch \(source("broken").url): curl: (22) The requested URL returned error: 500 (4 tries)"))
        #expect(try requests().filter { $0 == "broken" }.count == 4)
        let refused = URLSource(url: "http://127.0.0.1:1/x", digest: Digest.of([]))
        #expect(try failure { () throws(FetchFailure) in try fetch(refused) }.failureClass == .infrastructure)
    }

    @Test func aBrokenTransferIsContinued() throws {
        #expect(try fetch(source("torn")).readAll(limit: 1 << 20) == content)
        #expect(try requests() == ["torn", "torn bytes=100000-"])
    }

    @Test func aServerThatCannotContinueIsAskedForAll() throws {
        #expect(try fetch(source("torn-without-ranges")).readAll(limit: 1 << 20) == content)
        #expect(try requests().last == "torn-without-ranges")
    }

    @Test func aPartOfAnotherContentIsThrownAway() throws {
        try Files.makeFolders(kept.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" })
        try Files.writeAtomically([UInt8](repeating: 0, count: 1_000), to: kept + ".partial")
        #expect(try fetch(source("plain")).readAll(limit: 1 << 20) == content)
        #expect(try requests() == ["plain bytes=1000-", "plain"])
    }

    @Test(arguments: ["plain", "chunked"])
    func largeFilesAreCutOff(path: String) throws {
        var settings = settings
        settings.byteLimit = 100_000
        #expect(
            try failure { () throws(FetchFailure) in try fetch(source(path), settings) }
                == .badInput("\(source(path).url) has more than 100000 bytes"))
    }

    @Test func stalledTransfersEnd() throws {
        var settings = settings
        settings.stallSeconds = 1
        settings.tries = 1
        let failure = try failure { () throws(FetchFailure) in try fetch(source("stall"), settings) }
        #expect(failure.failureClass == .infrastructure)
        let soon = FetchContext(deadline: Clock.boottimeMilliseconds + 300)
        #expect(try self.failureOfStall(soon) == .infrastructure("curl did not finish fetching \(source("stall").url) in time"))
        let stop = try EventDescriptor()
        try stop.raise()
        #expect(try failureOfStall(FetchContext(deadline: farDeadline, stop: stop.descriptor)) == .stopped)
    }

    private func failureOfStall(_ context: FetchContext) throws -> FetchFailure {
        try failure { () throws(FetchFailure) in
            try URLFetcher(cache: place("cache"), settings: settings).fetch(source("stall"), context)
        }
    }

    @Test func curlReadsNoConfigurationOfTheUser() throws {
        try place.write("url = \"file:///etc/passwd\"\noutput = \"\(place("stolen"))\"\n", to: ".curlrc")
        var settings = settings
        settings.environment += ["CURL_HOME=\(place.path)", "XDG_CONFIG_HOME=\(place.path)"]
        _ = try fetch(source("plain"), settings)
        #expect(try Files.statusIfPresent(place("stolen")) == nil)
    }

    @Test func passwordsAreNeverShown() throws {
        let source = URLSource(url: "http://user:secret@127.0.0.1:\(server.port)/missing", digest: Digest.of([]))
        let failure = try failure { () throws(FetchFailure) in try fetch(source) }
        #expect(failure.message.contains("user:***@"))
        #expect(!failure.message.contains("secret") && !log.text.contains("secret"))
    }

    private static let script = """
        import http.server, re, sys, threading, time
        content = open(sys.argv[1], "rb").read()
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *_): pass
            def answer(self, code, body=b"", length=None, **fields):
                self.send_response(code)
                for k, v in fields.items(): self.send_header(k.replace("_", "-"), v)
                self.send_header("Content-Length", str(len(body) if length is None else length))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)
                self.close_connection = True
            def do_GET(self):
                path, span = self.path[1:], self.headers.get("Range")
                with open(sys.argv[2], "a") as f: f.write(path + (" " + span if span else "") + "\\n")
                if path == "missing": return self.answer(404)
                if path == "broken": return self.answer(500)
                if path == "redirect": return self.answer(302, Location="/plain")
                if path == "redirect-file": return self.answer(302, Location="file:///etc/passwd")
                if path == "redirect-loop": return self.answer(302, Location="/redirect-loop")
                if path == "torn-without-ranges":
                    again = open(sys.argv[2]).read().count(path) > 1
                    return self.answer(200, content if again else content[:100000], len(content))
                start = int(re.match(r"bytes=(\\d+)-", span)[1]) if span else 0
                body = content[start:]
                if path == "torn" and start == 0: return self.answer(200, body[:100000], len(body))
                if path == "stall":
                    self.answer(200, body[:10], len(body))
                    self.wfile.flush()
                    return time.sleep(60)
                if path == "chunked":
                    self.send_response(200)
                    self.send_header("Transfer-Encoding", "chunked")
                    self.end_headers()
                    for i in range(0, len(content), 1000):
                        piece = content[i:i + 1000]
                        self.wfile.write(b"%x\\r\\n%s\\r\\n" % (len(piece), piece))
                    self.wfile.write(b"0\\r\\n\\r\\n")
                    return
                if start: return self.answer(206, body, Content_Range=f"bytes {start}-{len(content) - 1}/{len(content)}")
                self.answer(200, body)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_port, flush=True)
        server.serve_forever()
        """
}
