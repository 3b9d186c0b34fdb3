import HostSystem
import Testing

/// Sources and modules that are prepared, loaded and looked at.
@Suite struct BuiltInPipelineSourceTests {
    private func checkout(_ shell: PipelineShell, submodules: String) throws -> PipelineBench {
        let bench = try PipelineBench(shell)
        try bench.program("git", "case \"$*\" in 'submodule status') printf '%s' '\(submodules)' ;; *) echo git \"$@\" ;; esac")
        return bench
    }

    @Test(arguments: PipelineShell.allCases) func gnulibAsASubmodule(_ shell: PipelineShell) throws {
        let bench = try checkout(shell, submodules: "-012 gnulib\n-345 other\n")
        try bench.write("#!/bin/sh\necho \"$GNULIB_URL\" \"$@\"\n", to: "\(bench.home)/bootstrap")
        let run = try bench.run("git/gnulib-bootstrap", ["gnulib-git-repo-url": "https://example.org/g", "bootstrap-args": "--a 'b c'\n"])
        #expect(
            run.output == "git submodule set-url gnulib https://example.org/g\n"
                + "git -c protocol.file.allow=always submodule update --init\nhttps://example.org/g --a b c\n", "\(run)")
        #expect(try bench.text("\(bench.home)/.tarball-version") == "1.2.3\n")
    }

    @Test(arguments: PipelineShell.allCases) func gnulibBesideAutogen(_ shell: PipelineShell) throws {
        let bench = try checkout(shell, submodules: "")
        try bench.write("#!/bin/sh\necho autogen\n", to: "\(bench.home)/autogen.sh")
        #expect(try bench.run("git/gnulib-bootstrap").output == "git clone file:///usr/share/gnulib/repo gnulib\nautogen\n")
        try Files.makeFolders("\(bench.home)/gnulib")
        #expect(try bench.run("git/gnulib-bootstrap").output == "autogen\n")
        let run = try bench.run("git/gnulib-bootstrap", ["bootstrap-args": "--x"])
        #expect(run.status == 1 && run.error == "git/gnulib-bootstrap: bootstrap-args are given, but there is no bootstrap script\n")
        try bench.write("#!/bin/sh\nexit 4\n", to: "\(bench.home)/bootstrap")
        #expect(try bench.run("git/gnulib-bootstrap").status == 4)
    }

    @Test(arguments: PipelineShell.allCases) func perlModulesAreLoaded(_ shell: PipelineShell) throws {
        let good = try PipelineBench(shell).run("test/perl-module-check", ["modules": "strict\n"])
        #expect(good.status == 0 && good.output == "strict: good\n" && good.error.isEmpty, "\(good)")
        let bad = try PipelineBench(shell).run("test/perl-module-check", ["modules": "No::Such::Module strict"])
        #expect(bad.status == 1 && bad.output == "strict: good\n" && bad.error.hasSuffix("No::Such::Module: failed\n"), "\(bad)")
    }

    @Test(arguments: PipelineShell.allCases) func rubyLibrariesAreLoaded(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.echoes("ruby3")
        let run = try bench.run("ruby/require", ["ruby": "ruby3", "module_name": "a/b"])
        #expect(run.output == "ruby3 <-e> <require ARGV.first> <a/b>\n")
    }

    @Test(arguments: PipelineShell.allCases) func gemsAreInstalled(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program("gem", "case $1 in list) echo 'rake (13.0)' ;; contents) echo /usr/lib/rake.rb ;; esac")
        let found = try bench.run("test/tw/gem-installed", as: "ruby3.2-rake")
        #expect(found.status == 0 && found.output == "/usr/lib/rake.rb\n", "\(found)")
        let absent = try bench.run("test/tw/gem-installed", ["gem": "rails"])
        #expect(absent.status == 1 && absent.error == "test/tw/gem-installed: the gem rails is not installed, or has no files\n")
    }

    @Test(arguments: PipelineShell.allCases) func sourcesAreText(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program("file", "case \"$2\" in *.c) echo 'C source, ASCII text' ;; *) echo data ;; esac")
        let inputs = ["dir": "\(bench.home)/src", "name": "*"]
        try bench.write("text\n", to: "\(bench.home)/src/.git/x.c")
        try bench.write("", to: "\(bench.home)/src/empty.c")
        try bench.write("binary", to: "\(bench.home)/src/a b.o")
        let bad = try bench.run("test/tw/srcpackage", inputs)
        #expect(bad.status == 1 && bad.error == "test/tw/srcpackage: none of the first files below \(bench.home)/src is text\n", "\(bad)")
        try bench.write("text\n", to: "\(bench.home)/src/deep/a b.c")
        #expect(try bench.run("test/tw/srcpackage", inputs).status == 0)
    }

    @Test(arguments: PipelineShell.allCases) func documentsAreWellFormed(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program("xmlwf", "case $1 in */bad.*) echo \"$1:1:1: not well-formed\" ;; esac")
        let inputs = ["path": "\(bench.home.dropFirst())/share"]
        try bench.write("", to: "\(bench.home)/share/x.txt")
        let none = try bench.run("test/tw/xml-syntax-check", inputs)
        #expect(none.status == 1 && none.error == "test/tw/xml-syntax-check: there are no XML files below \(bench.home)/share\n", "\(none)")
        try bench.write("", to: "\(bench.home)/share/a b.xml")
        #expect(try bench.run("test/tw/xml-syntax-check", inputs).status == 0)
        try bench.write("", to: "\(bench.home)/share/bad.xml")
        let bad = try bench.run("test/tw/xml-syntax-check", inputs)
        #expect(bad.status == 1 && bad.error == "test/tw/xml-syntax-check: \(bench.home)/share/bad.xml:1:1: not well-formed\n", "\(bad)")
    }
}
