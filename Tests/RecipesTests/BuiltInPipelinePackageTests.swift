import HostSystem
import Testing

/// Checks of installed packages, with an apk that says what it is told to.
@Suite struct BuiltInPipelinePackageTests {
    /// What apk says of the package, and how a check ends.
    struct Check: Sendable, CustomTestStringConvertible {
        var pipeline: String
        var inputs: [String: String] = [:]
        /// Paths that the package installs; `HOME` stands for the folder of the build, without its leading slash.
        var files: [String] = []
        var description = ""
        var depends: [String] = []
        var list: String = ""
        var error: String?
        var testDescription: String { "\(pipeline) \(inputs) \(files)" }
    }

    static let checks = [
        Check(pipeline: "test/emptypackage", files: ["var/lib/db/sbom/app-sub-1.spdx.json"]),
        Check(pipeline: "test/emptypackage", error: "test/emptypackage: app-sub is not empty:\n\n"),
        Check(
            pipeline: "test/emptypackage", files: ["usr/bin/x", "var/lib/db/sbom/app-sub-1.spdx.json"],
            error: "test/emptypackage: app-sub is not empty:\nusr/bin/x\nvar/lib/db/sbom/app-sub-1.spdx.json\n"),
        Check(pipeline: "test/metapackage", files: ["a.spdx.json"], description: "A Meta package", depends: ["so:x"]),
        Check(
            pipeline: "test/metapackage", files: ["a.spdx.json"], description: "A package", depends: ["so:x"],
            error: "test/metapackage: the description of app-sub lacks the word meta: A package\n"),
        Check(
            pipeline: "test/metapackage", files: ["a.spdx.json"], description: "A meta package",
            error: "test/metapackage: app-sub depends on nothing\n"),
        Check(pipeline: "test/virtualpackage", inputs: ["virtual-pkg-name": "mail"], list: "exim-1-r0 x"),
        Check(
            pipeline: "test/virtualpackage", inputs: ["virtual-pkg-name": "mail"], list: "mail-1.2.3-r0 x",
            error: "test/virtualpackage: mail itself is installed\n"),
        Check(
            pipeline: "test/virtualpackage", inputs: ["virtual-pkg-name": "mail", "real-pkg-name": "exim"], depends: ["other", "mail=1"],
            list: "exim-1-r0 x"),
        Check(
            pipeline: "test/virtualpackage", inputs: ["virtual-pkg-name": "mail", "real-pkg-name": "exim"], depends: ["mailx"],
            list: "exim-1-r0 x", error: "test/virtualpackage: exim does not provide mail\n"),
        Check(
            pipeline: "test/virtualpackage", inputs: ["virtual-pkg-name": "mail", "real-pkg-name": "exim"], depends: ["mail"],
            error: "test/virtualpackage: exim is not installed\n"),
        Check(pipeline: "test/no-docs", files: ["HOME/usr/share/man/man1/x.1", "usr/share/manual", "HOME/man dir/dir"]),
        Check(
            pipeline: "test/no-docs", files: ["usr/bin/env", "HOME/man dir/x.1"],
            error: "test/no-docs: app-sub has documentation: /HOME/man dir/x.1\n"
                + "test/no-docs: move it with split/manpages and split/infodir\n"),
        Check(pipeline: "test/docs", inputs: ["path-prefix": "HOME/share"], files: ["HOME/share/man/x.1", "HOME/share/doc/y"]),
        Check(
            pipeline: "test/docs", inputs: ["path-prefix": "HOME/share"], files: ["HOME/man dir/x.1", "HOME/share/absent"],
            error: "test/docs: app-sub has nothing to read below /HOME/share: does split/manpages or split/infodir find anything?\n"
                + "HOME/man dir/x.1\nHOME/share/absent\n"),
        Check(pipeline: "test/docs", inputs: ["path-prefix": "HOME/share"], files: ["HOME/share/man/bad.1"], error: "unreadable\n"),
        Check(pipeline: "test/tw/configpackage", inputs: ["dir": "/etc/x"], files: ["etc/x/y.conf"]),
        Check(
            pipeline: "test/tw/configpackage", files: ["usr/etc/x"], error: "test/tw/configpackage: app-sub has nothing below etc/\n"),
        Check(pipeline: "test/pkgconf", files: ["HOME/lib/good.pc", "HOME/lib/plain.pc"]),
        Check(
            pipeline: "test/pkgconf", files: ["HOME/other/lost.pc"], error: "test/pkgconf: /HOME/other/lost.pc is not where pkgconf looks\n"
        ),
        Check(
            pipeline: "test/fonts", inputs: ["path-prefix": "HOME/share"], files: ["HOME/share/fonts/fonts.dir", "HOME/share/fonts/x.ttf"]),
        Check(pipeline: "test/fonts", inputs: ["path-prefix": "HOME/share"], files: ["HOME/share/fonts/font.gz"]),
        Check(
            pipeline: "test/fonts", inputs: ["path-prefix": "HOME/share"], files: ["HOME/share/fonts/plain.gz"],
            error: "test/fonts: /HOME/share/fonts/plain.gz is no font\n"),
        Check(
            pipeline: "test/fonts", inputs: ["path-prefix": "HOME/share"], files: ["HOME/share/fonts/bad.ttf"],
            error: "test/fonts: /HOME/share/fonts/bad.ttf is no font\n"),
        Check(pipeline: "test/fonts", files: ["usr/bin/x"], error: "test/fonts: app-sub has no fonts below /usr/share/fonts\n"),
        Check(pipeline: "test/hardening-check", files: ["usr/bin/env", "HOME/share/doc/y"]),
        Check(
            pipeline: "test/hardening-check", inputs: ["package-match": "^none$\\|nothing", "args": "--x"],
            error: "test/hardening-check: no installed package matches ^none$\\|nothing\n"),
        Check(
            pipeline: "test/hardening-check", inputs: ["args": "--strict\n"], files: ["usr/bin/env", "usr/bin/absent"],
            error: "test/hardening-check: 1 files are not hardened\n"),
    ]

    private func bench(_ shell: PipelineShell) throws -> PipelineBench {
        let bench = try PipelineBench(shell)
        try bench.program(
            "apk",
            """
            case "$*" in
            info) echo app-sub; echo other ;;
            *--description*) echo 'app-sub-1 description:'; cat "$HOME/description" ;;
            *--depends*) echo 'app-sub-1 depends on:'; cat "$HOME/depends" ;;
            *--provides*) cat "$HOME/depends" ;;
            list*) cat "$HOME/list" ;;
            *-L*) cat "$HOME/files"; echo ;;
            esac
            """)
        try bench.program("man", "case \"$*\" in --path) echo /usr/man:\"$HOME/man dir\" ;; */bad.*) echo unreadable >&2; exit 1 ;; esac")
        try bench.program("hardening-check", "case \"$*\" in *--strict*) exit 1 ;; esac")
        try bench.program("pkgconf", "echo pkgconf \"$@\"")
        try bench.program("file", "case \"$2\" in -) grep -q font && echo a font || echo data ;; *) echo ASCII text ;; esac")
        for word in ["font", "plain"] {
            _ = try bench.run("python/test", ["command": "mkdir -p share/fonts; echo \(word) | gzip > share/fonts/\(word).gz"])
        }
        try bench.program("fonttools", "case \"$*\" in */bad.*) exit 1 ;; esac")
        for name in [
            "man dir/dir", "man dir/x.1", "share/man/x.1", "share/man/bad.1", "share/doc/y", "share/fonts/x.ttf", "share/fonts/bad.ttf",
            "share/fonts/fonts.dir",
        ] { try bench.write("text\n", to: "\(bench.home)/\(name)") }
        for name in ["lib/good.pc", "other/lost.pc"] { try bench.write("Name: x\nVersion: 1\n", to: "\(bench.home)/\(name)") }
        try bench.write("text\n", to: "\(bench.home)/lib/plain.pc")
        return bench
    }

    @Test(arguments: PipelineShell.allCases, checks) func packagesAreChecked(_ shell: PipelineShell, _ check: Check) throws {
        let bench = try bench(shell)
        let home = String(bench.home.dropFirst())
        func lines(_ list: [String]) -> String { list.map { $0.replacing("HOME", with: home) + "\n" }.joined() }
        try bench.write(lines(check.files), to: "\(bench.home)/files")
        try bench.write(lines(check.depends), to: "\(bench.home)/depends")
        try bench.write(check.description + "\n", to: "\(bench.home)/description")
        try bench.write(check.list.isEmpty ? "" : check.list + "\n", to: "\(bench.home)/list")
        let inputs = check.inputs.mapValues { $0.replacing("HOME", with: home) }
        // pkgconf is told of the build's own folder.
        let run = try bench.run(check.pipeline, inputs, variables: ["PKG_CONFIG_PATH=/absent:\(bench.home)/lib"])
        #expect((run.status == 0) == (check.error == nil), "\(run)")
        #expect(run.error == (check.error ?? "").replacing("HOME", with: home))
    }

    @Test(arguments: PipelineShell.allCases) func pkgconfIsAskedForWhatAModuleHas(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        try bench.write("\(bench.home.dropFirst())/lib/good.pc\n", to: "\(bench.home)/files")
        let run = try bench.run("test/pkgconf", variables: ["PKG_CONFIG_PATH=\(bench.home)/lib"])
        #expect(run.output == "pkgconf --print-errors --exists good\npkgconf --modversion good\n", "\(run)")
        try bench.write("usr/bin/x\n", to: "\(bench.home)/files")
        #expect(try bench.run("test/pkgconf").output == "test/pkgconf: app-sub has no .pc files: this test is not needed\n")
    }

    /// Whole command lines of the programs made for these checks.
    @Test(
        arguments: PipelineShell.allCases,
        [
            (
                "test/tw/ldd-check", [:],
                "ldd-check <--packages=app-sub> <--files=> <--exclude-files=> <--extra-library-paths=> <--verbose=false>"
            ),
            ("test/tw/help-check", ["bins": "a\nb"], "help-check <--bins=a\nb> <--help-flag=auto> <--expect-contains=> <--verbose=false>"),
            (
                "test/tw/ver-check", ["bins": "a"],
                "ver-check <--bins=a> <--version=1.2.3> <--version-flag=auto> <--match-type=contains> <--verbose=false>"
            ),
            ("test/tw/header-check", [:], "header-check <--packages=app-sub> <--configure-opts=>"),
            ("test/tw/header-check", ["files": "a b", "configure-opts": "-I c"], "header-check <--files=a b> <--configure-opts=-I c>"),
            ("test/tw/gem-check", [:], "gem-check <--package> <app-sub> <--require> <>"),
            ("test/tw/pip-check", [:], "tw-pip-check"),
            ("test/tw/pip-check", ["python": "python3.12"], "tw-pip-check <--python=python3.12>"),
            ("test/tw/devpackage", [:], "package-type-check <dev> <app-sub> <--prefix> </usr>"),
            ("test/tw/docs", [:], "package-type-check <docs> <app-sub> <--path-prefix> <usr/share>"),
            ("test/tw/virtualpackage", ["virtual-pkg-name": "a b"], "package-type-check <virtual> <app-sub> <--virtual-pkg> <a b>"),
            ("test/tw/symlink-check", [:], "symlink-check <--packages=app-sub> <--allow-absolute=false>"),
            ("test/tw/verify-service", ["skip-files": "a b"], "verify-service <--package> <app-sub> <--man> <false> <--skip-files> <a b>"),
            ("test/tw/no-docs", [:], "no-docs-check <--package=app-sub>"),
            ("test/tw/shell-deps-check", ["files": "a b\n"], "tw <shell-deps> <check> <--path=/usr/bin> <--strict=true> <a> <b>"),
            (
                "test/tw/shell-deps-check-packages", ["package": "p", "verbose": "true"],
                "tw <shell-deps> <check-package> <--path=/usr/bin> <--strict=true> <--verbose> <p>"
            ),
        ] as [(String, [String: String], String)])
    func toolsGetTheirArguments(_ shell: PipelineShell, _ row: (String, [String: String], String)) throws {
        let bench = try PipelineBench(shell)
        for name in [
            "ldd-check", "help-check", "ver-check", "header-check", "gem-check", "package-type-check", "symlink-check", "verify-service",
            "no-docs-check", "tw",
        ] { try bench.echoes(name) }
        try bench.program("tw-pip-check", "printf tw-pip-check; [ $# -eq 0 ] || printf ' <%s>' \"$@\"; echo")
        let run = try bench.run(row.0, row.1)
        #expect(run.output == "\(row.2)\n" && run.status == 0, "\(run)")
    }

    @Test(arguments: PipelineShell.allCases) func filesAreFound(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.write("", to: "\(bench.home)/folder/a b.x")
        let pipeline = "test/tw/contains-files"
        let folder = "\(bench.home)/folder"
        #expect(try bench.run(pipeline, ["dir": folder, "name": "*.x"]).status == 0)
        #expect(try bench.run(pipeline, ["files": "folder/a*.x\n folder"]).status == 0)
        let none = try bench.run(pipeline, ["dir": folder, "name": "*.x", "type": "l"])
        #expect(none.status == 1 && none.error == "\(pipeline): \(folder) has nothing called *.x of type l\n")
        let absent = try bench.run(pipeline, ["files": "folder absent"])
        #expect(absent.status == 1 && absent.error == "\(pipeline): there is no absent\n")
    }

    @Test(arguments: PipelineShell.allCases) func scriptsAreReadByTheirShells(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        for name in ["bash", "zsh", "fish"] { try bench.program(name, "echo \(name) \"$@\"") }
        let files = [
            "a": "#!/bin/sh\nif", "b": "#! /usr/bin/env bash\n", "c": "#!/usr/bin/zsh -f\n", "d": "plain", "e": "#!/bin/dash\n:\n",
        ]
        for (name, text) in files { try bench.write(text, to: "\(bench.home)/\(name)") }
        let good = try bench.run("test/tw/shell-syntax-check", ["files": "b c d e\n"])
        #expect(good.status == 0 && good.output == "bash --norc -n b\nzsh -n c\n3 files of shells can be read\n", "\(good)")
        #expect(try bench.run("test/tw/shell-syntax-check", ["files": "e a"]).status == 2)
        let none = try bench.run("test/tw/shell-syntax-check", ["files": "d"])
        #expect(none.status == 1 && none.error == "test/tw/shell-syntax-check: there are no scripts or completions\n")
    }
}
