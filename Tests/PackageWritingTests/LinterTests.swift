import FarmModel
import TestSupport
import Testing

@testable import PackageWriting

/// One fault for one linter.
struct LintCase: CustomTestStringConvertible, Sendable {
    let linter: String
    let path: String
    var name = "hello"
    var mode: UInt32 = 0o644
    var isLink = false

    var testDescription: String { "\(linter) \(path)" }
}

@Suite struct LinterTests {
    private func findings(_ package: TestPackage) throws -> [LintFinding] {
        let place = try TemporaryFolder()
        return try withExtendedLifetime(place) { try PackageLinter.findings(in: try package.scanned(in: place)) }
    }

    private func linters(_ package: TestPackage) throws -> [String] { try findings(package).map(\.linter) }

    private static let faults: [LintCase] = [
        LintCase(linter: "dev", path: "dev/null"), LintCase(linter: "opt", path: "opt/x"), LintCase(linter: "srv", path: "srv/x"),
        LintCase(linter: "usrlocal", path: "usr/local/x"), LintCase(linter: "varempty", path: "var/empty/x"),
        LintCase(linter: "infodir", path: "usr/share/info/dir", name: "x-doc"),
        LintCase(linter: "infodir", path: "usr/share/info/dir/x", name: "x-doc"),
        LintCase(linter: "sbom", path: "var/lib/db/sbom/x.json"), LintCase(linter: "tempdir", path: "tmp/x"),
        LintCase(linter: "tempdir", path: "var/tmp/x"), LintCase(linter: "usrmerge", path: "usr/sbin/x"),
        LintCase(linter: "usrmerge", path: "bin/x", isLink: true), LintCase(linter: "usrmerge", path: "lib64"),
        LintCase(linter: "setuidgid", path: "usr/bin/x", mode: 0o4755), LintCase(linter: "setuidgid", path: "usr/bin/x", mode: 0o2755),
        LintCase(linter: "setuidgid", path: "x", mode: 0o1644), LintCase(linter: "worldwrite", path: "etc/x", mode: 0o666),
        LintCase(linter: "maninfo", path: "usr/share/man/man1/x.1.gz"), LintCase(linter: "maninfo", path: "usr/share/info/x.info-1.gz"),
        LintCase(linter: "object", path: "usr/lib/x.o"), LintCase(linter: "dll", path: "usr/share/x.dll"),
        LintCase(linter: "dylib", path: "usr/lib/x.dylib"), LintCase(linter: "staticarchive", path: "usr/lib/libx.a"),
        LintCase(linter: "libtool/la-files", path: "usr/lib/libx.la", name: "x-dev"),
        LintCase(linter: "pkgconf", path: "usr/share/pkgconfig/x.pc"), LintCase(linter: "lddcheck", path: "usr/lib/libx.so.1.2"),
        LintCase(linter: "lddcheck", path: "usr/lib/x/y.so"), LintCase(linter: "nonlinux", path: "usr/share/Darwin/x"),
        LintCase(linter: "nonlinux", path: "usr/share/x-win32"), LintCase(linter: "unsupportedarch", path: "usr/share/mips/x"),
        LintCase(linter: "unsupportedarch", path: "usr/share/x-i386.bin"),
        LintCase(linter: "python/docs", path: "usr/lib/python3.12/site-packages/docs/x"),
        LintCase(linter: "python/test", path: "usr/lib/python3.12/site-packages/tests/x"),
    ]

    @Test(arguments: faults) func findsItsFaultAndNoOther(fault: LintCase) throws {
        let empty = TestPackage(fault.name)
        let package = fault.isLink ? empty.link(fault.path, "elsewhere") : empty.file(fault.path, "x", mode: fault.mode)
        let found = try findings(package)
        #expect(Set(found.map(\.linter)) == [fault.linter])
        #expect(found.contains { $0.path == fault.path || fault.path.hasPrefix("\($0.path ?? "?")/") })
        #expect(found.allSatisfy { !$0.message.contains("\n") && !$0.message.hasSuffix(".") })
    }

    @Test(arguments: faults) func disabledLintersOnlyWarn(fault: LintCase) throws {
        let empty = TestPackage(fault.name).with { $0.disabledLinters = [fault.linter] }
        let package = fault.isLink ? empty.link(fault.path, "elsewhere") : empty.file(fault.path, "x", mode: fault.mode)
        let found = try findings(package)
        #expect(!found.isEmpty && found.allSatisfy { $0.severity == .warning })
        #expect(try findings(package.with { $0.answeredLinters = [fault.linter] }).isEmpty)
    }

    private static let neighbours: [LintCase] = [
        LintCase(linter: "", path: "device/x"), LintCase(linter: "", path: "usr/opt/x"),
        LintCase(linter: "", path: "opt/x", name: "x-compat"),
        LintCase(linter: "", path: "srv/x", name: "x-compat"), LintCase(linter: "", path: "usr/local/x", name: "x-compat"),
        LintCase(linter: "", path: "etc/x", name: "x-compat", mode: 0o666), LintCase(linter: "", path: "var/lib/db/sbom/x.spdx.json"),
        LintCase(linter: "", path: "usr/tmp/x"), LintCase(linter: "", path: "usr/bin/x", mode: 0o755),
        LintCase(linter: "", path: "bin", isLink: true), LintCase(linter: "", path: "usr/sbin", isLink: true),
        LintCase(linter: "", path: "usr/share/man/man1/x.1", name: "x-doc"),
        LintCase(linter: "", path: "usr/share/info/x.info", name: "x-doc"),
        LintCase(linter: "", path: "usr/lib/libx.a", name: "x-static"), LintCase(linter: "", path: "usr/lib/libx.a", name: "x-dev"),
        LintCase(linter: "", path: "usr/lib/x.dll", name: "x-dev"), LintCase(linter: "", path: "usr/share/x.song"),
        LintCase(linter: "", path: "usr/share/x.so.txt"), LintCase(linter: "", path: "usr/share/x86_64-i386"),
        LintCase(linter: "", path: "usr/share/mipsy/x"), LintCase(linter: "", path: "usr/share/i386"),
        LintCase(linter: "", path: "README.md"),
        LintCase(linter: "", path: "usr/lib/python3.12/site-packages/module/test/x"), LintCase(linter: "", path: "x", mode: 0o600),
    ]

    @Test(arguments: neighbours) func leavesNeighboursAlone(neighbour: LintCase) throws {
        let empty = TestPackage(neighbour.name)
        let package = neighbour.isLink ? empty.link(neighbour.path, "elsewhere") : empty.file(neighbour.path, "x", mode: neighbour.mode)
        #expect(try linters(package) == [])
    }

    @Test func foldersForTemporaryFiles() throws {
        #expect(try linters(TestPackage().folder("run/x")) == ["tempdir"])
        #expect(try linters(TestPackage().folder("run/x").file("usr/lib/tmpfiles.d/x.conf")) == [])
        #expect(try linters(TestPackage().file("run/x").file("usr/lib/tmpfiles.d/x.conf")) == ["tempdir"])
        #expect(try linters(TestPackage().folder("var/run/x").file("usr/lib/tmpfiles.d/x.conf")) == ["tempdir"])
        #expect(try linters(TestPackage().folder("tmp").folder("run").folder("var/tmp")) == [])
    }

    @Test func stripping() throws {
        let debug = ELFBuilder(sections: [".debug_info"])
        #expect(try linters(TestPackage().elf("usr/bin/x", debug)) == ["strip"])
        #expect(try linters(TestPackage().elf("usr/bin/x", ELFBuilder(sections: [".symtab"]))) == [])
        #expect(try linters(TestPackage("x-dbg").elf("usr/bin/x", debug)) == [])
        #expect(try linters(TestPackage().elf("usr/lib/debug/x.debug", debug)) == [])
        #expect(try linters(TestPackage().elf("usr/share/x", debug, mode: 0o644)) == [])
    }

    @Test(
        arguments: [
            ("x86_64", 62, true), ("x86_64", 183, true), ("x86_64", 40, false), ("riscv64", 243, true), ("x86_64", 243, false),
            ("noarch", 999, false),
        ] as [(String, UInt16, Bool)])
    func architecturesOfPrograms(architecture: String, machine: UInt16, isRight: Bool) throws {
        let package = TestPackage(architecture: architecture).elf("usr/bin/x", ELFBuilder(machine: machine))
        #expect(try linters(package) == (isRight ? [] : ["binaryarch"]))
    }

    @Test func ownArchitectureIsNoOther() throws {
        #expect(try linters(TestPackage(architecture: "riscv64").file("usr/lib/riscv64/x")) == [])
        #expect(try linters(TestPackage().file("usr/lib/riscv64/x")) == ["unsupportedarch"])
    }

    @Test func driversOfTheHost() throws {
        #expect(try linters(TestPackage().file("usr/lib/libcuda.so.1")) == ["cudaruntimelib", "lddcheck"])
        #expect(try linters(TestPackage().file("usr/lib/stubs/libcuda.so.1")) == ["lddcheck"])
    }

    @Test func severalPythonModules() throws {
        let place = "usr/lib/python3.12/site-packages"
        let one = TestPackage().file("\(place)/a/x").file("\(place)/a.so.txt").file("\(place)/_a.py").file("\(place)/a-1.dist-info/x")
        #expect(try linters(one) == [])
        let found = try findings(one.file("\(place)/b.py"))
        #expect(found.map(\.linter) == ["python/multiple"])
        #expect(found[0].message == "hello has 2 modules of Python: a, b; split it, and look whether pip installed dependencies too")
        let versions = TestPackage().file("usr/lib/python3.12/site-packages/a/x").file("usr/lib/python3.13/site-packages/a/x")
        #expect(try findings(versions)[0].message.hasPrefix("hello has modules for 2 versions of Python;"))
    }

    @Test func duplicates() throws {
        let large = String(repeating: "x", count: 2_000)
        let package = TestPackage().file("usr/a/x", large).file("usr/b/x", large).file("usr/c/y", large).file("usr/d/x", large + "y")
            .file("usr/e/LICENSE", large).file("usr/f/LICENSE", large).file("usr/g/s", "x").file("usr/h/s", "x")
        #expect(try findings(package).map(\.message) == ["/usr/b/x is the same as /usr/a/x; make it a symbolic link"])
    }

    @Test func manyFindingsAreCounted() throws {
        var package = TestPackage()
        for number in 10..<35 { package = package.file("opt/\(number)") }
        let found = try findings(package)
        #expect(found.count == 21)
        #expect(found.last?.message == "hello has 5 more such files; move it to /usr, or to a package named -compat")
    }

    /// They are not asked, as too many packages are as they say on purpose.
    @Test func lintersThatAreKnownAlone() throws {
        let place = try TemporaryFolder()
        let faults = { (linter: String, package: TestPackage) in
            let checks = PackageLinter.linters.filter { $0.name == linter }
            return try checks.flatMap { try $0.check(try package.scanned(in: place)) }.count
        }
        #expect(try faults("documentation", TestPackage("a").file("usr/share/README").file("usr/x.md").file("usr/readme")) == 2)
        #expect(try faults("documentation", TestPackage("a-doc").file("usr/share/README")) == 0)
        #expect(try faults("empty", TestPackage("b").folder("usr")) == 1)
        #expect(try faults("empty", TestPackage("c").folder("usr").with { $0.options.hasNoProvides = true }) == 0)
        #expect(try faults("empty", TestPackage("d").file("x")) == 0)
    }

    @Test func namesAndSeverities() {
        let errors = PackageLinter.linters.filter { $0.severity == .error }.map(\.name)
        #expect(errors == ["dev", "infodir", "libtool/la-files", "setuidgid", "tempdir", "usrmerge", "varempty", "worldwrite"])
        let silent = PackageLinter.linters.filter { $0.severity == nil }.map(\.name)
        #expect(silent == ["documentation", "empty"])
        let warnings = [
            "binaryarch", "cudaruntimelib", "dll", "duplicate", "dylib", "lddcheck", "maninfo", "nonlinux", "object", "opt", "pkgconf",
            "python/docs", "python/multiple", "python/test", "sbom", "srv", "staticarchive", "strip", "unsupportedarch", "usrlocal",
        ]
        #expect(PackageLinter.linters.filter { $0.severity == .warning }.map(\.name) == warnings)
    }
}
