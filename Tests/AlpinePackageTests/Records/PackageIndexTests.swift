import FarmModel
import Testing

@testable import AlpinePackage

@Suite struct PackageIndexTests {
    /// As melange wrote it.
    static let melange = """
        C:Q1L7EnY9Q9b23ejRHAmb0g09QaLEo=
        P:custom-ca-certs-1
        V:1.0.0-r0
        A:x86_64
        S:6998
        I:6435
        T:custom CA certificates package 1 (test)
        L:MIT
        o:custom-ca-certs-1
        m:unknown
        t:0
        c:9d44001f59df63d4e03b43574b7285dd9e7a22f4
        p:custom-ca-certificates

        C:Q11/HhSewwwOXgl0r0ffb0O0BRtYc=
        P:replayout
        V:1.0.0-r0
        A:x86_64
        S:2961
        I:3389
        T:replacement baselayout
        L:MIT
        o:replayout
        m:unknown
        t:0
        c:326e0ed687bdfeadac839dc9b25686e4442c9d04
        D:pretend-baselayout


        """

    /// As abuild wrote it.
    static let abuild = """
        C:Q1LLq2qDNrS/qRnhxQ3hsY/sHbQnc=
        P:alpine-baselayout
        V:3.2.0-r23
        A:aarch64
        S:11012
        I:339968
        T:Alpine base dir structure and init scripts
        U:https://git.alpinelinux.org/cgit/aports/tree/main/alpine-baselayout
        L:GPL-2.0-only
        o:alpine-baselayout
        m:Natanael Copa <ncopa@alpinelinux.org>
        t:1662926906
        c:348653a9ba0701e8e968b3344e72313a9ef334e4
        k:100
        D:alpine-baselayout-data=3.2.0-r23 /bin/sh so:libc.musl-aarch64.so.1 !uclibc pc:librtmp=v2.4
        p:cmd:mkmntdirs=3.2.0-r23
        i:docs nasm=2.15.05-r1


        """

    @Test(arguments: [melange, abuild, "", "P:a\nV:1\nS:0\nI:0\nT:\nD:b\nr:c d<2\nq:7\n\n"])
    func textIsWrittenAsItWasRead(text: String) throws {
        let index = try PackageIndex(parsing: Array(text.utf8), description: "v3.17")
        #expect(index.text == text)
        #expect(index.packages.map(index.entry).joined() == text)
        #expect(index.description == "v3.17")
    }

    @Test func fields() throws {
        let record = try #require(PackageIndex(parsing: Array(Self.abuild.utf8)).packages.first)
        var expected = PackageRecord(name: "alpine-baselayout", version: "3.2.0-r23", architecture: "aarch64")
        expected.controlChecksum = try #require(Hexadecimal.bytes(of: "2cbab6a8336b4bfa919e1c50de1b18fec1db4277"))
        (expected.size, expected.installedSize, expected.buildTime, expected.providerPriority) = (11_012, 339_968, 1_662_926_906, 100)
        expected.summary = "Alpine base dir structure and init scripts"
        expected.url = "https://git.alpinelinux.org/cgit/aports/tree/main/alpine-baselayout"
        (expected.license, expected.origin) = ("GPL-2.0-only", "alpine-baselayout")
        (expected.maintainer, expected.commit) = ("Natanael Copa <ncopa@alpinelinux.org>", "348653a9ba0701e8e968b3344e72313a9ef334e4")
        expected.dependencies = [
            Dependency(name: "alpine-baselayout-data", .equal, version: "3.2.0-r23"), Dependency(name: "/bin/sh"),
            Dependency(name: "so:libc.musl-aarch64.so.1"), Dependency(name: "uclibc", isConflict: true),
            Dependency(name: "pc:librtmp", .equal, version: "v2.4"),
        ]
        expected.provides = [Dependency(name: "cmd:mkmntdirs", .equal, version: "3.2.0-r23")]
        expected.installIf = [Dependency(name: "docs"), Dependency(name: "nasm", .equal, version: "2.15.05-r1")]
        #expect(record == expected)
    }

    @Test func unknownFieldsAndEmptyLinesMeanNothing() throws {
        let text = "\n\nF:usr/bin\nP:a\nV:1\nZ:Q1abc\nx:\n\n\n\nP:b\nV:2"
        #expect(try PackageIndex(parsing: Array(text.utf8)).packages.map(\.fileName) == ["a-1.apk", "b-2.apk"])
    }

    @Test func entriesAreSortedByNameAndVersion() throws {
        let text = ["b-1", "a-1.10", "a-1.9", "a-1.9_rc1"].map { "P:\($0.prefix(1))\nV:\($0.dropFirst(2))\n" }.joined(separator: "\n")
        let sorted = try PackageIndex(parsing: Array(PackageIndex(parsing: Array(text.utf8)).text.utf8))
        #expect(sorted.packages.map(\.fileName) == ["a-1.9_rc1.apk", "a-1.9.apk", "a-1.10.apk", "b-1.apk"])
    }

    @Test(arguments: [
        ("P:a\nV:1\nnonsense\n", #"line 3: "nonsense" is not a letter, a colon and a value"#),
        ("P:a\nV:1\nx\n", #"line 3: "x" is not a letter, a colon and a value"#),
        ("P:a\n\n", #"line 2: the package "a" has no version"#),
        ("P:a", #"line 1: the package "a" has no version"#),
        ("P:a\nV:1\n\nV:1\n\n", "line 5: the package has no name"),
        ("P:../../etc/passwd\nV:1\n", #"line 1: P: "../../etc/passwd" is not a package name"#),
        ("P:\nV:1\n", #"line 1: P: "" is not a package name"#),
        ("P:a b\nV:1\n", #"line 1: P: "a b" is not a package name"#),
        ("P:a\nV:1/2\n", #"line 2: V: "1/2" is not a version"#),
        ("P:a\nV:1\nA:../x\n", #"line 3: A: "../x" is not an architecture"#),
        ("P:a\nV:1\nS:-1\n", #"line 3: S: "-1" is not a whole number"#),
        ("P:a\nV:1\nI:1e9\n", #"line 3: I: "1e9" is not a whole number"#),
        ("P:a\nV:1\nt:99999999999999999999\n", #"line 3: t: "99999999999999999999" is not a whole number"#),
        ("P:a\nV:1\nD:b~\u{0}>=1\n", #"line 3: D: "b~\u0000>=1" has a control character"#),
        ("C:Q1LLq2qDNrS\nP:a\n", #"line 1: C: "Q1LLq2qDNrS" is not Q1 and the base64 text of 20 bytes"#),
        ("C:Q1AAAA\nP:a\n", #"line 1: C: "Q1AAAA" is not Q1 and the base64 text of 20 bytes"#),
    ])
    func faults(text: String, message: String) {
        #expect(throws: FarmError(.badInput, "the package index, \(message)")) { try PackageIndex(parsing: Array(text.utf8)) }
    }

    @Test func eachPrefixOfAnIndexIsReadOrRefused() throws {
        let bytes = Array((Self.melange + Self.abuild).utf8)
        for length in 0...bytes.count {
            let index = try? PackageIndex(parsing: Array(bytes[..<length]))
            #expect((index?.packages.count ?? 0) <= 3)
        }
    }

    @Test func arbitraryBytesDoNoHarm() {
        var generator = SmallGenerator(state: 3)
        let template = Array(Self.abuild.utf8)
        for _ in 0..<300 {
            var bytes = template
            for _ in 0..<5 { bytes[generator.next(below: bytes.count)] = UInt8(generator.next(below: 256)) }
            guard let index = try? PackageIndex(parsing: bytes), let again = try? PackageIndex(parsing: Array(index.text.utf8)) else {
                continue
            }
            #expect(again.text == index.text)
        }
    }

    @Test func longLinesAreRefused() {
        let longest = "P:a\nV:1\nT:" + String(repeating: "x", count: TextLines.largestLine - 2)
        #expect(throws: Never.self) { try PackageIndex(parsing: Array(longest.utf8)) }
        #expect(throws: FarmError(.badInput, "the package index, line 3: line 3 is longer than 1048576 bytes")) {
            try PackageIndex(parsing: Array((longest + "x").utf8))
        }
    }

    @Test func countOfPackagesIsLimited() {
        let text = Array(String(repeating: "P:a\nV:1\n\n", count: 11).utf8)
        #expect(PackageIndex.largestCount == 1_000_000)
        #expect(throws: FarmError(.badInput, "the package index has more than 10 packages")) {
            try text.withUnsafeBytes { try PackageIndex(parsing: $0, description: "", atMost: 10) }
        }
    }

    @Test func newerPackagesReplaceTheirLike() throws {
        var index = try PackageIndex(parsing: Array("P:a\nV:1\n\nP:b\nV:1\n\nP:b\nV:2\n\n".utf8))
        let newer = try PackageIndex(parsing: Array("P:b\nV:1\nT:new\n\nP:c\nV:1\n\nP:c\nV:1\nT:last\n\n".utf8))
        index.merge(newer.packages)
        #expect(index.packages.map { $0.fileName + $0.summary } == ["a-1.apk", "b-1.apknew", "b-2.apk", "c-1.apklast"])
    }

    @Test func valuesCannotBeginLines() {
        var record = PackageRecord(name: "a\nP:b", version: "1\n\n", architecture: "x86_64")
        record.summary = "one\nD:evil\r\n\nP:b"
        record.commit = "c\u{0}\nd"
        record.dependencies = [Dependency(name: "x\nD:y z")]
        #expect(PackageIndex().entry(of: record) == "P:aP:b\nV:1\nA:x86_64\nS:0\nI:0\nT:one D:evil   P:b\nc:cd\nD:xD:yz\n\n")
    }
}
