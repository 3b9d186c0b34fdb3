import Archives
import FarmModel
import HostSystem
import Testing

@Suite struct UnpackerTests {
    private let place: TestFolder

    init() throws {
        place = try TestFolder()
        try Files.makeFolder(place("out"))
    }

    /// Writes `archive` by a Python program that has `tar`, an open TarFile, and `add`.
    private func makeTar(_ program: String, mode: String = "w", format: String = "PAX_FORMAT") throws {
        try python(
            """
            import io, tarfile
            tar = tarfile.open("archive", "\(mode)", format=tarfile.\(format))
            def add(name, data=b"", type=tarfile.REGTYPE, link="", mode=0o644, **more):
                info = tarfile.TarInfo(name)
                info.type, info.linkname, info.mode, info.size = type, link, mode, len(data)
                for key, value in more.items(): setattr(info, key, value)
                tar.addfile(info, io.BytesIO(data))
            def folder(name, mode=0o755): add(name, type=tarfile.DIRTYPE, mode=mode)
            def link(name, target): add(name, type=tarfile.SYMTYPE, link=target)
            def hard(name, target): add(name, type=tarfile.LNKTYPE, link=target)
            \(program)
            tar.close()
            """, in: place.path)
    }

    @discardableResult
    private func unpack(
        strip: Int = 0, _ limits: UnpackLimits = UnpackLimits(), allowsLinksOut: Bool = false, deadline: Int64 = .max,
        stop: Descriptor? = nil
    ) throws(UnpackFailure) -> UnpackSummary {
        let files: (Descriptor, Descriptor)
        do throws(SystemError) {
            files = (try Files.open(place("archive")), try Files.open(place("out"), [.read, .folder]))
        } catch {
            throw .system(error)
        }
        return try Unpacker(limits: limits, allowsLinksOut: allowsLinksOut, deadline: deadline, stop: stop)
            .unpack(files.0, into: files.1, stripComponents: strip)
    }

    private func refusal(strip: Int = 0, _ limits: UnpackLimits = UnpackLimits()) throws -> String {
        let failure = try failure { () throws(UnpackFailure) in try unpack(strip: strip, limits) }
        #expect(failure.failureClass == .badInput)
        return failure.message
    }

    private let goodTree = """
        folder("p", 0o700)
        add("p/file", b"hello", mode=0o640)
        add("p/run", b"#!", mode=0o6755, uid=1, gid=1, uname="x")
        add("p/deep/er/file", b"x")
        link("p/link", "deep/er")
        hard("p/same", "p/file")
        add("p/äöü", "ü".encode())
        add("p/" + "n" * 200, b"long")
        """

    private let goodListing = [
        "p/ 700", "p/deep/ 700", "p/deep/er/ 700", "p/deep/er/file 644", "p/file 640", "p/link -> deep/er",
        "p/\(String(repeating: "n", count: 200)) 644", "p/run 755", "p/same 640", "p/äöü 644",
    ]

    @Test(arguments: ["w", "w:gz", "w:bz2", "w:xz"], ["PAX_FORMAT", "GNU_FORMAT"])
    func tarsOfEveryKind(mode: String, format: String) throws {
        try makeTar(goodTree, mode: mode, format: format)
        #expect(try unpack() == UnpackSummary(entries: 8, bytes: 14))
        #expect(try place.listing("out") == goodListing)
        #expect(try place.text(of: "out/p/same") == "hello")
        #expect(try place.text(of: "out/p/äöü") == "ü")
    }

    @Test(arguments: ["zstd -q --rm archive -o x", "lz4 -q archive x"])
    func otherCompression(command: String) throws {
        try makeTar(goodTree)
        let packing = try Subprocess.run(
            ["sh", "-c", command + " && mv x archive"], environment: ["PATH=/usr/bin:/bin"], workingDirectory: place.path,
            deadline: Clock.boottimeMilliseconds + 60_000)
        // A machine without the packing program cannot test it.
        guard packing.exit.ending != .exited(127) else { return }
        try #require(packing.isSuccess)
        try unpack()
        #expect(try place.listing("out") == goodListing)
        #expect(try place.text(of: "out/p/file") == "hello")
    }

    /// The newer format of cpio, in which only the last of several names carries the content.
    @Test func cpio() throws {
        try python(
            """
            out = open("archive", "wb")
            def add(name, mode, inode, data=b"", links=1):
                name = name.encode() + b"\\0"
                fields = [inode, mode, 0, 0, links, 0, len(data), 0, 0, 0, 0, len(name), 0]
                out.write(b"070701" + b"".join(b"%08x" % f for f in fields) + name)
                out.write(bytes(-out.tell() % 4) + data)
                out.write(bytes(-out.tell() % 4))
            add("p", 0o40750, 1)
            add("p/a", 0o100444, 2, links=2)
            add("p/b", 0o100444, 2, b"content", links=2)
            add("p/l", 0o120777, 3, b"a")
            add("TRAILER!!!", 0, 0)
            """, in: place.path)
        #expect(try unpack() == UnpackSummary(entries: 4, bytes: 7))
        #expect(try place.listing("out") == ["p/ 750", "p/a 444", "p/b 444", "p/l -> a"])
        #expect(try place.text(of: "out/p/a") == "content")
        #expect(try place.text(of: "out/p/b") == "content")
    }

    @Test func zips() throws {
        try python(
            """
            import zipfile
            with zipfile.ZipFile("archive", "w", zipfile.ZIP_DEFLATED) as z:
                z.writestr("p/file", b"hello" * 1000)
                z.mkdir("p/empty")
                info = zipfile.ZipInfo("p/link"); info.create_system = 3; info.external_attr = 0o120777 << 16
                z.writestr(info, "file")
                info = zipfile.ZipInfo("p/run"); info.create_system = 3; info.external_attr = 0o104755 << 16
                z.writestr(info, "x")
                info = zipfile.ZipInfo("p/modeless"); info.create_system = 3; info.external_attr = 0o100000 << 16
                z.writestr(info, "x")
            """, in: place.path)
        try unpack(strip: 1)
        #expect(try place.listing("out") == ["empty/ 777", "file 600", "link -> file", "modeless 644", "run 755"])
        #expect(try place.text(of: "out/file").count == 5_000)
    }

    @Test func outerFoldersAreDropped() throws {
        try makeTar(goodTree)
        try unpack(strip: 1)
        #expect(try place.listing("out") == goodListing.dropFirst().map { String($0.dropFirst(2)) })
    }

    @Test func linksToWhatIsDroppedAreRefused() throws {
        try makeTar("add('top'); hard('p/same', 'top')")
        #expect(try refusal(strip: 1) == "the archive's entry \"p/same\" is a link to what is left out")
    }

    @Test func namesInDecomposedFormStay() throws {
        try makeTar("add('e\\u0301', b'x')")
        try unpack()
        #expect(try Files.entries(of: place("out")).map(\.nameBytes) == [Array("e\u{301}".utf8)])
    }

    /// To the kernel they are two, and so they are here.
    @Test func namesThatLookAlikeAreTwo() throws {
        try makeTar("add('e\\u0301', b'one'); add('\\u00e9', b'two'); folder('d/e\\u0301'); add('d/\\u00e9', b'x'); add('d/e\\u0301/f')")
        #expect(try unpack().entries == 5)
        #expect(try place.text(of: "out/e\u{301}") == "one")
        #expect(try place.text(of: "out/\u{E9}") == "two")
        #expect(try place.text(of: "out/d/\u{E9}") == "x")
        #expect(try place.text(of: "out/d/e\u{301}/f").isEmpty)
    }

    @Test func theLastOfSeveralEntriesStays() throws {
        try makeTar(
            "add('a', b'one'); hard('b', 'a'); add('a', b'two'); link('c', 'a'); add('c', b'three'); folder('d'); folder('d', 0o711)")
        try unpack()
        #expect(try place.listing("out") == ["a 644", "b 644", "c 644", "d/ 711"])
        #expect(try place.text(of: "out/a") == "two")
        #expect(try place.text(of: "out/b") == "one")
        #expect(try place.text(of: "out/c") == "three")
    }

    @Test func closedFoldersAreFilledAndThenClosed() throws {
        try makeTar("folder('a', 0o500); folder('a/b', 0o300); add('a/b/c', b'x')")
        try unpack()
        #expect(try place.listing("out") == ["a/ 500", "a/b/ 300", "a/b/c 644"])
    }

    @Test(arguments: [
        ("add('/abs')", "the archive's entry \"/abs\" has an absolute path"),
        ("add('../x')", "the archive's entry \"../x\" has \"..\" in its path"),
        ("add('a/../../x')", "the archive's entry \"a/../../x\" has \"..\" in its path"),
        ("add('../\\u0301x')", "the archive's entry \"../\u{301}x\" has \"..\" in its path"),
        ("folder('a/../\\u0301x')", "the archive's entry \"a/../\u{301}x/\" has \"..\" in its path"),
        ("link('l', '../\\u0301x')", "the archive's entry \"l\" is a symbolic link that leads out"),
        ("link('e\\u0301', '/etc'); link('\\u00e9', 'x')", "the archive's entry \"e\u{301}\" is a symbolic link that leads out"),
        ("link('l', '/etc'); add('l/x')", "the archive's entry \"l\" is a folder where something else is"),
        ("link('l', '..'); add('l/x/y')", "the archive's entry \"l/x\" is a folder where something else is"),
        ("link('l', '../..')", "the archive's entry \"l\" is a symbolic link that leads out"),
        ("link('l', '/etc/passwd')", "the archive's entry \"l\" is a symbolic link that leads out"),
        ("link('a', '.'); link('b', 'a/..')", "the archive's entry \"b\" is a symbolic link that leads out"),
        ("folder('d/e'); link('d/e/l', '../../..')", "the archive's entry \"d/e/l\" is a symbolic link that leads out"),
        ("hard('h', '../x')", "the archive's entry \"../x\" has \"..\" in its path"),
        ("hard('h', '/etc/passwd')", "the archive's entry \"/etc/passwd\" has an absolute path"),
        ("hard('h', 'other')", "the archive's entry \"h\" is a link to a file that the archive does not have"),
        ("link('l', '/etc/passwd'); hard('h', 'l')", "the archive's entry \"h\" is a link to what is not a file"),
        ("add('a'); hard('a', 'a')", "the archive's entry \"a\" is a link to a file that the archive does not have"),
        ("add('n', type=tarfile.FIFOTYPE)", "the archive's entry \"n\" is a named pipe; only files, folders and links are unpacked"),
        (
            "add('n', type=tarfile.CHRTYPE, devmajor=1, devminor=3)",
            "the archive's entry \"n\" is a device; only files, folders and links are unpacked"
        ),
        ("add('n', type=tarfile.BLKTYPE)", "the archive's entry \"n\" is a device; only files, folders and links are unpacked"),
        ("folder('d'); link('d', '/etc'); add('d/x')", "the archive's entry \"d\" stands where a folder is"),
        ("folder('d'); add('d/x'); add('d')", "the archive's entry \"d\" stands where a folder is"),
        ("link('d', 'e'); folder('d')", "the archive's entry \"d\" is a folder where something else is"),
        ("add('a'); add('a/b')", "the archive's entry \"a\" is a folder where something else is"),
        ("add('.')", "the archive's entry \".\" is no folder"),
        ("add('taken')", "the archive's entry \"taken\" stands where another source has put something"),
        ("hard('h', 'taken')", "the archive's entry \"h\" is a link to a file that the archive does not have"),
        ("add('through/x')", "the archive's entry \"through\" is a folder where something else is"),
        ("add('a/' * 200 + 'x')", "the archive has folders nested deeper than 128"),
        ("add(('a' * 200 + '/') * 25 + 'x')", "the archive has a path of more than 4096 bytes"),
        ("add('a' * 300)", "the archive's entry \"\(String(repeating: "a", count: 300))\" has a name of more than 255 bytes"),
    ])
    func hostileTars(program: String, message: String) throws {
        try Files.writeAtomically(Array("mine".utf8), to: place("out/taken"))
        try Files.makeSymbolicLink(place("out/through"), target: "..")
        try makeTar(program)
        #expect(try refusal() == message)
        #expect(try Files.entries(of: place.path).compactMap(\.name) == ["archive", "out"])
        #expect(try place.text(of: "out/taken") == "mine")
    }

    @Test func namesThatAreNotText() throws {
        try python(
            """
            import tarfile
            with tarfile.open("archive", "w", format=tarfile.GNU_FORMAT, encoding="latin-1") as tar:
                tar.addfile(tarfile.TarInfo("a\\xff"))
            """, in: place.path)
        #expect(try refusal() == "the archive has a name that is not UTF-8")
    }

    @Test func paxHeadersDecideAndAreCheckedToo() throws {
        try makeTar("add('plain', pax_headers={'path': '../evil'})")
        #expect(try refusal() == "the archive's entry \"../evil\" has \"..\" in its path")
        try makeTar("add('plain', b'12345', pax_headers={'size': '99999999999999'})")
        #expect(try refusal().hasPrefix("the archive"))
        try makeTar("add('plain', b'12345', pax_headers={'size': '-5'})")
        _ = try refusal()
    }

    @Test func linksOutAreForRootFileSystems() throws {
        try makeTar("link('l', '/etc/passwd'); add('x')")
        try unpack(allowsLinksOut: true)
        #expect(try place.listing("out") == ["l -> /etc/passwd", "x 644"])
    }

    @Test func limits() throws {
        var limits = UnpackLimits()
        limits.bytes = 100
        try makeTar("add('a', b'x' * 60); add('b', b'x' * 60)")
        #expect(try refusal(limits) == "the archive's files are larger together than 100 bytes")
        limits = UnpackLimits()
        limits.entries = 2
        try makeTar("add('c'); add('d'); add('e')")
        #expect(try refusal(limits) == "the archive has more than 2 entries")
        limits = UnpackLimits()
        limits.ratioFloor = 1 << 20
        limits.ratio = 100
        try makeTar("add('f', bytes(8 << 20))", mode: "w:gz")
        #expect(try refusal(limits) == "the archive grows more than 100 times when unpacked")
    }

    @Test func holesCountLikeContent() throws {
        // A sparse file of GNU's format 1.0 that claims 10^15 bytes.
        try makeTar(
            """
            add('s', b'1\\n1000000000000000\\n0\\n'.ljust(512, b'\\0'), pax_headers={
                'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.name': 's', 'GNU.sparse.realsize': '1000000000000000'})
            """)
        #expect(try refusal() == "the archive's files are larger together than \(16 << 30) bytes")
    }

    @Test func sparseFilesKeepTheirContent() throws {
        try Files.open(place("archive.source"), [.write, .create]).writeAll(Array("end".utf8), at: 1 << 20)
        let result = try Subprocess.run(
            ["tar", "-cSf", "archive", "archive.source"], environment: ["PATH=/usr/bin:/bin"], workingDirectory: place.path,
            deadline: Clock.boottimeMilliseconds + 60_000)
        #expect(result.isSuccess)
        #expect(try unpack().bytes == 1 << 20 + 3)
        #expect(try Files.readAll(place("out/archive.source"), limit: 2 << 20) == [UInt8](repeating: 0, count: 1 << 20) + Array("end".utf8))
    }

    @Test func brokenArchives() throws {
        try Files.writeAtomically([], to: place("archive"))
        _ = try refusal()
        try Files.writeAtomically(Array("no archive at all".utf8), to: place("archive"))
        _ = try refusal()
        for mode in ["w", "w:gz", "w:xz"] {
            try makeTar("import os; add('a', os.urandom(100000))", mode: mode)
            let whole = try Files.readAll(place("archive"), limit: 1 << 20)
            try Files.writeAtomically(Array(whole.prefix(50_000)), to: place("archive"))
            #expect(try refusal().hasPrefix("the archive cannot be read: "))
            try Files.removeTree(place("out/a"))
        }
    }

    @Test func stopAndDeadline() throws {
        try makeTar("add('a')")
        let stop = try EventDescriptor()
        try stop.raise()
        #expect(try failure { () throws(UnpackFailure) in try unpack(stop: stop.descriptor) } == .stopped)
        #expect(try failure { () throws(UnpackFailure) in try unpack(deadline: Clock.boottimeMilliseconds) } == .deadline)
    }

    /// Random damage must end in an error or in a tree, never in a crash or outside of the folder.
    @Test func damagedArchives() throws {
        try makeTar(goodTree)
        let whole = try Files.readAll(place("archive"), limit: 1 << 20)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...8) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            try Files.writeAtomically(bytes, to: place("archive"))
            var limits = UnpackLimits()
            limits.bytes = 1 << 20
            _ = try? unpack(limits)
            #expect(try Files.entries(of: place.path).compactMap(\.name) == ["archive", "out"])
            try Files.removeTree(place("out"))
            try Files.makeFolder(place("out"))
        }
    }
}
