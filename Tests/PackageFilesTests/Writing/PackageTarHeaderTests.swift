import FarmModel
import TestSupport
import Testing

@testable import PackageFiles

/// Headers of a real package of Wolfi's, hello-wolfi-2.12.1-r0.apk, as melange wrote them.
@Suite struct PackageTarHeaderTests {
    private let time: Int64 = 12_345_678

    private func digest(_ header: PackageTarHeader) -> String { Digest.of(header.bytes).hex }

    @Test func folder() {
        let header = PackageTarHeader(path: "usr", mode: 0o755, seconds: time, kind: .folder)
        #expect(digest(header) == "69b965210a048df938ba73cd20391748491e7b5296e6ba1d87e8de5b5d063ec1")
    }

    @Test func fileWithChecksum() {
        let sum = Array("5445a8546f7818d0d624f62328bee1c4ffdf0c2d".utf8)
        let header = PackageTarHeader(
            path: "usr/bin/hello", mode: 0o755, seconds: time, kind: .file, size: 0o135170,
            records: [.init(key: "APK-TOOLS.checksum.SHA1", value: sum)])
        #expect(header.bytes.count == 1_536)
        #expect(digest(header) == "dd40e2c68fb84a11097ea526e86227ac4a0b8f9122a2dc8b806540476c88c591")
    }

    @Test func controlFile() {
        let header = PackageTarHeader(path: ".PKGINFO", mode: 0o644, seconds: time, kind: .file, size: 0o573)
        #expect(digest(header) == "84f4d04f735353580f60eb24906148f7e861804bc5517398bf6d26177ea9641b")
    }

    @Test func signatureFile() {
        let header = PackageTarHeader(path: ".SIGN.RSA.melange.rsa.pub", mode: 0o644, seconds: time, kind: .file, size: 512)
        #expect(digest(header) == "08d4e5c36d7de3579305988f9f1292070c6c18ede9bd7b7be21660e5152636f5")
    }

    /// Whatever is said, Python reads it back.
    @Test func pythonReadsAll() throws {
        let place = try TemporaryFolder()
        let long = (1...40).map { "folder-\($0)" }.joined(separator: "/")
        let headers = [
            PackageTarHeader(path: long, mode: 0o4755, seconds: -5, kind: .file),
            PackageTarHeader(path: "größe/ü", mode: 0o1777, seconds: 1 << 40, kind: .folder),
            PackageTarHeader(path: "link", mode: 0o777, seconds: 9, kind: .symbolicLink, link: long),
            PackageTarHeader(path: "hard", mode: 0o640, seconds: 9, kind: .hardLink, link: "ü"),
            PackageTarHeader(
                path: "x", mode: 0, seconds: 9, kind: .file, records: [.init(key: "SCHILY.xattr.user.a", value: [1, 10, 0, 2])]),
            PackageTarHeader(path: String(repeating: "n", count: 100), mode: 0, seconds: 9, kind: .file),
            PackageTarHeader(path: String(repeating: "n", count: 101), mode: 0, seconds: 9, kind: .file),
            PackageTarHeader(path: "huge", mode: 0, seconds: 9, kind: .file, size: 9 << 30),
        ]
        try place.write(headers.flatMap(\.bytes), to: "a.tar")
        let text = try place.python(
            """
            import tarfile
            tar = tarfile.open("a.tar")
            try:
                for m in tar:
                    print(m.name, oct(m.mode), m.mtime, m.type.decode(), m.linkname, m.size, m.uname, m.gname, m.uid, m.gid, sep="|")
            except tarfile.ReadError: pass
            """)
        let expected = [
            "\(long)|0o4755|0|0||0", "größe/ü|0o1777|8589934591|5||0", "link|0o777|9|2|\(long)|0", "hard|0o640|9|1|ü|0", "x|0o0|9|0||0",
            "\(String(repeating: "n", count: 100))|0o0|9|0||0", "\(String(repeating: "n", count: 101))|0o0|9|0||0",
            "huge|0o0|9|0||9663676416",
        ]
        #expect(text == expected.map { "\($0)|root|root|0|0\n" }.joined())
    }
}
