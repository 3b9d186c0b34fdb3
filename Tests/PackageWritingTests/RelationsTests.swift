import FarmModel
import Testing

@testable import PackageWriting

@Suite struct RelationsTests {
    private let library = ELFBuilder(needed: ["libc.so.6"], libraryName: "libme.so.2.1")

    @Test func librariesInTheirFolders() throws {
        let found = try relations(of: TestPackage().elf("usr/lib/libme.so.2.1", library).link("usr/lib/libme.so", "libme.so.2.1"))
        #expect(found.provides == ["so-ver:libme.so.2.1=1.2-r3", "so:libme.so.2.1=2.1"])
        #expect(found.dependencies == ["so:libc.so.6"])
    }

    @Test(arguments: [
        ("usr/lib/libme.so", true), ("lib/libme.so.2", true), ("usr/lib64/libme.so.2", true), ("lib64/x", true),
        ("usr/lib/hello/libme.so", false), ("opt/lib/libme.so", false), ("usr/local/lib/libme.so", false),
    ])
    func onlyLibrariesWhereTheLoaderLooksAreOffered(path: String, isOffered: Bool) throws {
        #expect(try relations(of: TestPackage().elf(path, library)).provides.isEmpty != isOffered)
    }

    @Test func settingsOfTheLoaderOfAnyPackage() throws {
        let settings = TestPackage("settings").file("etc/ld.so.conf.d/a.conf", "# no\n/opt/lib/\nrelative\n").file(
            "etc/ld.so.conf.d/b", "/b")
        #expect(try relations(of: settings, TestPackage().elf("opt/lib/libme.so", library)).provides.count == 2)
        #expect(try relations(of: settings, TestPackage().elf("b/libme.so", library)).provides == [])
    }

    @Test(arguments: [
        ("libz.so.1", "1"), ("libz.so", "0"), ("libz.so.1.2.13", "1.2.13"), ("libz-1.2.so", "0"), ("libz.so.1a", "0"), ("libz.so.", "0"),
        ("so.1", "0"), ("", "0"), ("a.b.so.7", "7"),
    ])
    func versionsOfLibraries(name: String, version: String) { #expect(LibraryNames.version(of: name) == version) }

    @Test func programsNeedTheirLoader() throws {
        let program = ELFBuilder(interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libc.so.6", "libz.so.1", "plugin.so"])
        let found = try relations(of: TestPackage().elf("usr/bin/hello", program))
        #expect(found.dependencies == ["so:ld-linux-x86-64.so.2", "so:libc.so.6", "so:libz.so.1"])
        #expect(found.provides == ["cmd:hello=1.2-r3"])
        let musl = ELFBuilder(interpreter: "/lib/ld-musl-x86_64.so.1", needed: [])
        #expect(try relations(of: TestPackage().elf("usr/bin/hello", musl)).dependencies == ["so:libc.musl-x86_64.so.1"])
    }

    @Test func programsThatSayTheyAreLibrariesAreNone() throws {
        let odd = ELFBuilder(interpreter: "/lib64/ld-linux-x86-64.so.2", libraryName: "hello.so.1")
        #expect(try relations(of: TestPackage().elf("usr/lib/hello", odd)).provides == [])
        #expect(try relations(of: TestPackage().elf("usr/lib/libc.so.6", odd)).provides == ["so-ver:hello.so.1=1.2-r3", "so:hello.so.1=1"])
    }

    @Test func filesForDebuggersSayNothing() throws {
        let program = ELFBuilder(interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libc.so.6"])
        #expect(try relations(of: TestPackage("x-dbg").elf("usr/lib/debug/usr/bin/x.debug", program)).pair == [[], []])
        let odd = ELFBuilder(interpreter: "garbage", needed: ["libc.so.6"])
        #expect(try relations(of: TestPackage().elf("usr/libexec/x", odd)).dependencies == ["so:libc.so.6"])
    }

    @Test func ownLibrariesAreNotNeeded() throws {
        let program = ELFBuilder(interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libme.so.2.1", "libpriv.so.1"])
        let own = ELFBuilder(libraryName: "libpriv.so.1")
        let package = TestPackage().elf("usr/bin/x", program).elf("usr/lib/libme.so.2.1", library).elf("usr/lib/x/libpriv.so.1", own)
        #expect(try relations(of: package).dependencies == ["so:ld-linux-x86-64.so.2", "so:libc.so.6"])
        let silent = package.with { $0.options.hasNoProvides = true }
        #expect(try relations(of: silent).pair == [["so:ld-linux-x86-64.so.2", "so:libc.so.6"], []])
        let insisting = package.with { $0.dependencies = ["so:libpriv.so.1"] }
        #expect(try relations(of: insisting).dependencies.contains("so:libpriv.so.1"))
    }

    @Test func librariesOfSiblingsAreNeededAsTheyAre() throws {
        let owner = TestPackage("libme", version: "7-r1").elf("usr/lib/libme.so.2.1", library)
        let user = TestPackage("user").elf("usr/bin/x", ELFBuilder(needed: ["libme.so.2.1"]))
        #expect(try relations(of: owner, user).dependencies == ["so-ver:libme.so.2.1>=7-r1", "so:libme.so.2.1"])
        let careless = user.with { $0.options.hasNoLibraryVersions = true }
        #expect(try relations(of: owner, careless).dependencies == ["so:libme.so.2.1"])
        let secretive = owner.with { $0.options.hasNoProvides = true }
        #expect(try relations(of: secretive, user).dependencies == ["so:libme.so.2.1"])
    }

    @Test func linksForCompilersNeedTheLibrary() throws {
        let owner = TestPackage("libme", version: "7-r1").elf("usr/lib/libme.so.2.1.7", library)
        let links = TestPackage("libme-dev").link("usr/lib/libme.so", "libme.so.2.1.7").link("usr/lib/other.so", "nowhere.so.1")
        #expect(try relations(of: owner, links).dependencies == ["so-ver:libme.so.2.1>=7-r1", "so:libme.so.2.1"])
        #expect(try relations(of: links).dependencies == [])
    }

    @Test func linksInARing() throws {
        #expect(try relations(of: TestPackage().link("usr/lib/a.so", "b.so").link("usr/lib/b.so", "a.so")).pair == [[], []])
    }

    @Test(arguments: ["libcuda.so.1", "libnvidia-ml.so.1", "libGLX_nvidia.so.1"])
    func librariesOfTheHost(name: String) throws {
        let package = TestPackage().elf("usr/lib/a.so", ELFBuilder(needed: [name])).elf("usr/lib/\(name)", ELFBuilder(libraryName: name))
        #expect(try relations(of: package).pair == [[], []])
    }

    @Test(arguments: [
        ("usr/bin/x", 0o755, "cmd:x=1.2-r3"), ("sbin/x", 0o555, "cmd:x=1.2-r3"), ("usr/bin/x", 0o644, ""), ("usr/bin/x", 0o700, ""),
        ("usr/bin/sub/x", 0o755, ""), ("usr/libexec/x", 0o755, ""), ("usr/bin/[", 0o4755, "cmd:[=1.2-r3"), ("usr/bin/a=b", 0o755, ""),
        ("usr/bin/a b", 0o755, ""),
    ])
    func commands(path: String, mode: UInt32, expected: String) throws {
        #expect(try relations(of: TestPackage().file(path, "x", mode: mode)).provides == (expected.isEmpty ? [] : [expected]))
    }

    @Test func linksAreNoCommands() throws {
        #expect(try relations(of: TestPackage().file("usr/bin/x", mode: 0o755).link("usr/bin/y", "x")).provides == ["cmd:x=1.2-r3"])
    }

    @Test(arguments: [
        ("#!/usr/bin/perl -w\n", "perl"), ("#! /usr/bin/bash", "bash"), ("#!/usr/bin/env node\n", "node"),
        ("#!/usr/bin/env -S deno run\n", "deno"),
        ("#!/usr/bin/env -S -i x\n", nil), ("#!/usr/bin/env", nil), ("#!/usr/bin/env a b\n", nil), ("#!\n", nil), ("#!", nil), ("", nil),
        ("echo", nil), ("#!/bin/sh\n", "sh"), ("#!relative\r\n", "relative"),
    ])
    func firstLines(text: String, name: String?) { #expect(InterpreterRule.interpreter(text) == name) }

    @Test func scriptsNeedTheirInterpreters() throws {
        var package = TestPackage().file("usr/share/x", "#!/usr/bin/lua\n").file("usr/bin/old", "#!/usr/bin/tclsh\n", mode: 0o644)
        for (name, line) in [
            ("a", "/usr/bin/perl"), ("b", "/bin/sh"), ("c", "/usr/bin/env python3"), ("d", "/usr/bin/bash"), ("e", "/bin/ü"),
        ] {
            package = package.file("usr/bin/\(name)", "#!\(line)\n", mode: 0o755)
        }
        package = package.file("usr/bin/bash", "binary", mode: 0o755)
        #expect(try relations(of: package).dependencies == ["cmd:perl", "cmd:tclsh"])
        let without = package.with { $0.options.hasNoCommands = true }
        #expect(try relations(of: without).pair == [[], []])
    }

    @Test func packageConfiguration() throws {
        let text = """
            prefix=/usr
            extra = zlib
            Name: me
            # Requires: comment
            Requires: glib-2.0 >= 2.60, ${extra}, libpng>=1.6
            Requires.private: libfoo = 3 \\
              libbar
            Requires.internal: libinner ${unknown} ../bad
            Conflicts: enemy
            """
        let found = try relations(of: TestPackage().file("usr/lib/pkgconfig/me.pc", text))
        #expect(found.provides == ["pc:me=1.2-r3"])
        let names = ["../bad", "glib-2.0", "libbar", "libfoo", "libinner", "libpng", "zlib"]
        #expect(found.dependencies == names.map { "pc:\($0)" })
        let vendored = TestPackage().file("usr/lib/pkgconfig/a.pc", "Requires: me\n").file("opt/me.pc", "Requires: x\n")
        #expect(try relations(of: vendored).pair == [[], ["pc:a=1.2-r3"]])
    }

    @Test func expansionEnds() {
        let lines = (1...100).map { "v\($0)=${v\($0 - 1)}${v\($0 - 1)}" }
        let text = "v0=x\n" + lines.joined(separator: "\n") + "\nRequires: ${v100}\n"
        #expect(PackageConfigurationFile(text).requirements.count <= 1)
        #expect(PackageConfigurationFile(String(repeating: "Requires: a\n", count: 10_000)).requirements == ["a"])
        #expect(PackageConfigurationFile("Requires: ${open $ ${} $\n").requirements == ["$"])
    }

    @Test(arguments: [
        ("usr/lib/python3.12/site-packages/x", "python-3.12-base"), ("opt/python3.9/site-packages/x", "python-3.9-base"),
        ("usr/lib/python/site-packages/x", nil), ("usr/lib/python3.x/site-packages/x", nil), ("usr/lib/python3.12/x", nil),
        ("usr/lib/perl5/vendor_perl/x", "perl~5"), ("lib/perl5.40/core_perl/x", "perl~5.40"), ("usr/lib/perl5/x/y_perl/z", nil),
        ("usr/lib/ruby/gems/3.4.0/gems/x", "ruby-3.4"), ("usr/lib/ruby/gems/3.4/gems/x", nil), ("usr/lib/ruby/gems/3.4.0/specs/x", nil),
    ])
    func languages(path: String, dependency: String?) throws {
        #expect(try relations(of: TestPackage().file(path)).dependencies == (dependency.map { [$0] } ?? []))
    }

    @Test(arguments: [
        ("usr/lib/python3.12/site-packages/x", "python-3.13"), ("usr/lib/perl5/vendor_perl/x", "perl"),
        ("usr/lib/ruby/gems/3.4.0/gems/x", "ruby-3.3"), ("usr/lib/ruby/gems/3.4.0/gems/x", "ruby"),
    ])
    func declaredInterpretersWin(path: String, declared: String) throws {
        #expect(try relations(of: TestPackage().file(path).with { $0.dependencies = [declared] }).dependencies == [declared])
    }

    @Test func documentation() throws {
        let files = { (name: String) in TestPackage(name).file("usr/share/man/man1/x.1").file("usr/share/info/x.info") }
        #expect(try relations(of: files("x-doc")).dependencies == ["man-db", "texinfo"])
        #expect(try relations(of: files("x")).dependencies == [])
    }

    @Test func declaredRelationsWin() throws {
        let package = TestPackage().elf("usr/lib/libme.so.2.1", library).file("usr/bin/x", mode: 0o755).with {
            $0.dependencies = ["so:libc.so.6>=2.39", "!enemy", "zlib", "zlib", "cmd:x>=9"]
            $0.provides = ["cmd:x=5", "me"]
        }
        let found = try relations(of: package)
        #expect(found.dependencies == ["!enemy", "cmd:x>=9", "so:libc.so.6>=2.39", "zlib"])
        #expect(found.provides == ["cmd:x=5", "me", "so-ver:libme.so.2.1=1.2-r3", "so:libme.so.2.1=2.1"])
    }

    @Test func nothingIsFoundWhereNothingMayBe() throws {
        let package = TestPackage().elf("usr/lib/libme.so.2.1", library).with {
            $0.options.hasNoDependencies = true
            $0.options.hasNoProvides = true
            $0.dependencies = ["zlib"]
        }
        #expect(try relations(of: package).pair == [["zlib"], []])
    }
}
