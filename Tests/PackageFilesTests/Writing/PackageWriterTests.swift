import AlpinePackage
import FarmModel
import Glibc
import HostSystem
import PackageFiles
import TestSupport
import Testing

@Suite struct PackageWriterTests {
    private let place: TemporaryFolder
    private let key: PrivateKey

    init() throws {
        place = try TemporaryFolder()
        key = try PrivateKey(name: "test.rsa", pem: KeyFixtures.pkcs8)
    }

    private var control: PackageWriter.Control {
        var record = PackageRecord(name: "hello", version: "1.2-r3", architecture: "x86_64")
        record.origin = "greetings"
        record.summary = "Says hello\nand nothing else"
        record.buildTime = 1_700_000_000
        record.dependencies = [Dependency(name: "so:libc.so.6")]
        record.provides = [Dependency(name: "cmd:hello", .equal, version: "1.2-r3")]
        return PackageWriter.Control(record: record)
    }

    @discardableResult
    private func write(
        _ folder: String, to name: String, _ control: PackageWriter.Control? = nil, signer: SegmentSigner? = nil, processors: Int = 2
    ) throws -> PackageRecord {
        let file = try Files.open(place(name), [.write, .create, .exclusive])
        return try PackageWriter(signer: signer, processors: processors).write(
            control ?? self.control, try place.tree(folder), seconds: 1_700_000_000, to: file, scratch: place.path)
    }

    private func makeFiles(_ folder: String, shuffled: Bool = false) throws {
        let files: [(String, [UInt8], UInt32)] = [
            ("usr/bin/hello", Array("#!/bin/sh\n".utf8), 0o755), ("usr/bin/sudo", [1, 2, 3], 0o4755), ("etc/hello.conf", [], 0o600),
            ("usr/share/large", [UInt8](repeating: 5, count: (3 << 20) + 7), 0o644),
        ]
        try place.makeFolder(folder)
        for (name, content, mode) in shuffled ? files.reversed() : files { try place.write(content, to: "\(folder)/\(name)", mode: mode) }
        try place.makeFolder("\(folder)/var/tmp", mode: 0o1777)
        try place.link("\(folder)/usr/bin/hi", "hello")
        try Files.link(place("\(folder)/usr/bin/sudo"), to: place("\(folder)/usr/bin/visudo"))
    }

    @Test func hasTheShapeThatMelangeGives() throws {
        try makeFiles("out")
        try write("out", to: "a.apk", signer: SegmentSigner(key: key))
        let text = try place.python(
            splitting + """

                members, raws = split("a.apk")
                assert len(members) == 3 and all(len(m) % 512 == 0 for m in members)
                assert members[2].endswith(bytes(1024)) and not members[1].endswith(bytes(1024)) and not members[0].endswith(bytes(1024))
                for raw in raws: assert raw[:4] == b"\\x1f\\x8b\\x08\\0" and raw[4:8] == bytes(4), raw[:10]
                for n, member in enumerate(members):
                    for m in tarfile.open(fileobj=io.BytesIO(member + bytes(1024))):
                        pax = {k: v for k, v in m.pax_headers.items()}
                        print(n, m.name, oct(m.mode), m.type.decode(), m.linkname, m.size, m.mtime, m.uname, m.gname, m.uid, m.gid, pax)
                """)
        let rest = "1700000000 root root 0 0"
        let checksum = { (bytes: [UInt8]) in "{'APK-TOOLS.checksum.SHA1': '\(Hexadecimal.text(of: SHA1.of(bytes)))'}" }
        let large = [UInt8](repeating: 5, count: (3 << 20) + 7)
        let expected = [
            "0 .SIGN.RSA256.test.rsa.pub 0o644 0  128 \(rest) {}",
            "1 .PKGINFO 0o644 0  \(try informationSize()) \(rest) {}",
            "2 etc 0o755 5  0 \(rest) {}", "2 etc/hello.conf 0o600 0  0 \(rest) \(checksum([]))",
            "2 usr 0o755 5  0 \(rest) {}", "2 usr/bin 0o755 5  0 \(rest) {}",
            "2 usr/bin/hello 0o755 0  10 \(rest) \(checksum(Array("#!/bin/sh\n".utf8)))",
            "2 usr/bin/hi 0o777 2 hello 0 \(rest) \(checksum(Array("hello".utf8)))",
            "2 usr/bin/sudo 0o4755 0  3 \(rest) \(checksum([1, 2, 3]))",
            "2 usr/bin/visudo 0o4755 1 usr/bin/sudo 0 \(rest) \(checksum([1, 2, 3]))",
            "2 usr/share 0o755 5  0 \(rest) {}", "2 usr/share/large 0o644 0  3145735 \(rest) \(checksum(large))",
            "2 var 0o755 5  0 \(rest) {}", "2 var/tmp 0o1777 5  0 \(rest) {}",
        ]
        #expect(text.split(separator: "\n").map(String.init) == expected)
    }

    private func informationSize() throws -> String {
        try place.python(
            splitting + """

                print(len(tarfile.open(fileobj=io.BytesIO(split("a.apk")[0][1] + bytes(1024))).extractfile(".PKGINFO").read()), end="")
                """)
    }

    /// The files of melange's test package hello-0.1.0-r0 become the very archive that it has.
    @Test func theSameArchiveAsMelange() throws {
        try place.write("#!/bin/sh\necho hello\n", to: "out/hello", mode: 0o755)
        let file = try Files.open(place("a.apk"), [.write, .create])
        _ = try PackageWriter(signer: nil).write(control, try place.tree("out"), seconds: 0, to: file, scratch: place.path)
        let digest = try place.python(splitting + "\nprint(hashlib.sha256(split('a.apk')[0][1]).hexdigest())")
        #expect(digest == "e2e3554b0df34fd980f4d81d9272825400ea43cc2dca36f8c7acce8d6c01ed69\n")
    }

    @Test func sumsAndSignaturesFit() throws {
        try makeFiles("out")
        let record = try write("out", to: "a.apk", signer: SegmentSigner(key: key))
        try write("out", to: "b.apk", signer: SegmentSigner(key: key, algorithm: .sha1))
        let lines = try place.python(
            splitting + """

                for name in ["a.apk", "b.apk"]:
                    members, raws = split(name)
                    print(hashlib.sha1(raws[1]).hexdigest(), hashlib.sha256(raws[1]).hexdigest(), sum(map(len, raws)))
                    print(tarfile.open(fileobj=io.BytesIO(members[0] + bytes(1024))).getnames()[0], members[0][512:640].hex())
                    info = tarfile.open(fileobj=io.BytesIO(members[1] + bytes(1024))).extractfile(".PKGINFO").read().decode()
                    assert "datahash = " + hashlib.sha256(raws[2]).hexdigest() + "\\n" in info, info
                """
        ).split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines[0][0] == Hexadecimal.text(of: record.controlChecksum))
        #expect(lines[0][2] == "\(record.size)")
        #expect(record.installedSize == 10 + 5 + 3 + 3_145_735)
        let bytes = { (text: String) in Hexadecimal.bytes(of: text) ?? [] }
        #expect(lines[1][0] == ".SIGN.RSA256.test.rsa.pub")
        #expect(key.publicKey.verifies(bytes(lines[1][1]), sha256: bytes(lines[0][1])))
        #expect(lines[3][0] == ".SIGN.RSA.test.rsa.pub")
        #expect(key.publicKey.verifies(bytes(lines[3][1]), sha1: bytes(lines[2][0])))
    }

    @Test func theSameFilesGiveTheSameBytes() throws {
        try makeFiles("first")
        try write("first", to: "a.apk", processors: 1)
        try makeFiles("second", shuffled: true)
        for path in ["second/etc", "second/usr/bin/hello", "second"] { try Files.setTimes(place(path), seconds: 5) }
        try write("second", to: "b.apk", processors: 3)
        let first = try Files.readAll(place("a.apk"), limit: 16 << 20)
        #expect(first == (try Files.readAll(place("b.apk"), limit: 16 << 20)))
        #expect(first.count < 100_000)
        try place.write("content\n", to: "second/one-more")
        try write("second", to: "c.apk")
        #expect(first != (try Files.readAll(place("c.apk"), limit: 16 << 20)))
    }

    @Test func theReaderOfPackagesAgrees() throws {
        try makeFiles("out")
        let record = try write("out", to: "a.apk", signer: SegmentSigner(key: key))
        var reader = try PackageReader(try Files.open(place("a.apk")), name: "a.apk")
        #expect(try reader.signer(in: Keyring([key.publicKey])).name == "test.rsa.pub")
        #expect(reader.record.controlChecksum == record.controlChecksum)
        #expect(reader.record.size == record.size)
        #expect(reader.record.installedSize == record.installedSize)
        var paths: [String] = []
        while let entry = try reader.next() { paths.append(entry.path) }
        #expect(paths == (try place.tree("out").entries.map(\.path)))
        let other = try PrivateKey.generate(name: "test.rsa", bits: 1_024)
        #expect(throws: FarmError.self) { try reader.signer(in: Keyring([other.publicKey])) }
    }

    @Test func scriptsAndTriggers() throws {
        try place.makeFolder("out")
        var control = control
        control.scriptlets = [.postInstall: "#!/bin/sh\ntrue\n", .trigger: "#!/bin/sh\nexit 0\n", .preUpgrade: ""]
        control.triggerPaths = ["/usr/share/fonts", "/usr/lib/*"]
        try write("out", to: "a.apk", control)
        let text = try place.python(
            splitting + """

                members, raws = split("a.apk")
                assert members[1] == bytes(1024), "a package without files is an empty archive"
                tar = tarfile.open(fileobj=io.BytesIO(members[0] + bytes(1024)))
                for m in tar: print(m.name, oct(m.mode), m.mtime)
                print(tar.extractfile(".post-install").read().decode(), tar.extractfile(".PKGINFO").read().decode(), end="")
                """)
        #expect(text.hasPrefix(".PKGINFO 0o644 1700000000\n.post-install 0o755 1700000000\n.trigger 0o755 1700000000\n#!/bin/sh\ntrue\n"))
        #expect(text.contains("triggers = /usr/share/fonts /usr/lib/*\n"))
        #expect(text.contains("pkgdesc = Says hello and nothing else\n"))
        #expect(text.contains("pkgname = hello\npkgver = 1.2-r3\narch = x86_64\nsize = 0\norigin = greetings\n"))
        #expect(text.contains("depend = so:libc.so.6\nprovides = cmd:hello=1.2-r3\n"))
    }

    @Test func aStopEndsTheWork() throws {
        try makeFiles("out")
        let file = try Files.open(place("a.apk"), [.write, .create])
        let stop = FarmError(.temporary, "stopped")
        let writer = PackageWriter(signer: nil) { () throws(FarmError) in throw stop }
        #expect(throws: stop) { try writer.write(control, try place.tree("out"), seconds: 0, to: file, scratch: place.path) }
        #expect(try Files.entries(of: place.path).compactMap(\.name) == ["a.apk", "out"])
    }

    @Test func indexes() throws {
        let records = [("zlib", "1.3-r0"), ("hello", "1.2-r3")].map { PackageRecord(name: $0.0, version: $0.1, architecture: "x86_64") }
        let index = PackageIndex(description: "of a test", packages: records)
        let bytes = try IndexWriter.bytes(of: index, signer: SegmentSigner(key: key))
        #expect(
            bytes
                == (try IndexWriter.bytes(
                    of: PackageIndex(description: "of a test", packages: records.reversed()), signer: SegmentSigner(key: key))))
        try place.write(bytes, to: "APKINDEX.tar.gz")
        let lines = try place.python(
            splitting + """

                members, raws = split("APKINDEX.tar.gz")
                print(hashlib.sha256(raws[1]).hexdigest(), members[0][512:640].hex())
                tar = tarfile.open("APKINDEX.tar.gz", "r:gz", ignore_zeros=True)
                print(tar.getnames(), tar.extractfile("DESCRIPTION").read().decode())
                print(tar.extractfile("APKINDEX").read().decode(), end="")
                """
        ).split(separator: "\n", maxSplits: 2).map(String.init)
        let read = try IndexFile(try Files.open(place("APKINDEX.tar.gz")), name: "index", keys: Keyring([key.publicKey]))
        #expect(read.index.packages.map(\.name) == ["hello", "zlib"])
        let sums = lines[0].split(separator: " ").map { Hexadecimal.bytes(of: $0) ?? [] }
        #expect(key.publicKey.verifies(sums[1], sha256: sums[0]))
        #expect(lines[1] == "['.SIGN.RSA256.test.rsa.pub', 'DESCRIPTION', 'APKINDEX'] of a test")
        #expect(lines[2] == index.text)
    }
}
