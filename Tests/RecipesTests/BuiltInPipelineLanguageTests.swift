import HostSystem
import Testing

/// Modules of Perl, Ruby, Python, PHP and Node.js.
@Suite struct BuiltInPipelineLanguageTests {
    @Test(arguments: PipelineShell.allCases) func perlModulesAreCleaned(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        for name in ["a/.packlist", "-b/perllocal.pod", "-b/x y.pm", "packlist"] { try bench.write("", to: "\(bench.sub)/\(name)") }
        let run = try bench.run("perl/cleanup")
        #expect(run.status == 0 && run.output.isEmpty && run.error.isEmpty)
        #expect(try bench.entries(bench.sub) == ["-b/x y.pm", "a/", "packlist"])
        #expect(try bench.run("perl/cleanup").output.isEmpty)
    }

    @Test(arguments: PipelineShell.allCases) func perlModulesAreConfigured(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program(
            "perl", "case $1 in -MConfig) printf %s '-DX -I/usr/include' ;; *) echo \"$CFLAGS|$PERL_MM_USE_DEFAULT\" \"$@\" ;; esac")
        let run = try bench.run("perl/make")
        #expect(run.output == " -DX -I/usr/include|1 -I. Makefile.PL INSTALLDIRS=vendor\n", "\(run)")
    }

    @Test(arguments: PipelineShell.allCases) func perlReleasesAreMade(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.write(
            """
            name    = My-Module ; comment
            version = 0.1
            license = Artistic_2_0

            [@Author::SOMEBODY]
            name = other
            [Encoding / bytes]
            encoding = bytes
            [Prereqs / TestRequires]
            Test::More = 1
            [PrereqsClean]
            x = y

            """, to: "\(bench.home)/dist.ini")
        try bench.program("dzil", "mkdir n && echo made > n/Makefile.PL && tar -c -z -f My-Module-1.2.3.tar.gz n && echo \"$@\"")
        let run = try bench.run("perl/dzil")
        #expect(run.status == 0 && run.output == "build\n", "\(run)")
        #expect(try bench.text("\(bench.home)/Makefile.PL") == "made\n")
        let settings = try bench.text("\(bench.home)/dist.ini").split(separator: "\n").map(String.init)
        #expect(settings.prefix(2) == ["name    = My-Module ; comment", "license = Artistic_2_0"])
        #expect(settings.contains("version = 1.2.3") && !settings.contains("version = 0.1"))
        #expect(settings.suffix(4) == ["[Encoding / bytes]", "encoding = bytes", "[Prereqs / TestRequires]", "Test::More = 1"])
        for line in ["author = Unknown <unknown@localhost>", "copyright_holder = the authors", "[GatherDir]", "[PkgVersion]"] {
            #expect(settings.contains(line), "\(line)")
        }
        #expect(!settings.contains { $0.contains("SOMEBODY") || $0.contains("x = y") })
        try Files.removeFile("\(bench.home)/dist.ini")
        #expect(try bench.run("perl/dzil").status != 0)
    }

    @Test(
        .enabled(if: (try? Files.statusIfPresent("/usr/bin/ruby")) == .some(nil)), arguments: PipelineShell.allCases,
        ["ruby/build", "ruby/install", "ruby/clean"])
    func rubyMustBeThere(_ shell: PipelineShell, _ pipeline: String) throws {
        let run = try PipelineBench(shell).run(pipeline, ["gem": "x", "version": "1"])
        #expect(run.status == 1 && run.error == "there is no ruby here: add one to the environment's packages\n")
    }

    @Test(arguments: PipelineShell.allCases) func gemsAreBuiltAndInstalled(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program("ruby", "echo /usr/lib/ruby/gems/3.2.0")
        try bench.echoes("gem")
        try bench.write("a\nspec.signing_key = 'x'\nb\n", to: "\(bench.home)/src/x.gemspec")
        let build = try bench.run("ruby/build", ["gem": "x", "dir": "src", "output": "y.gem", "opts": "--force\n"])
        #expect(build.output == "gem <build> <x.gemspec> <--output> <y.gem> <--force>\n", "\(build)")
        #expect(try bench.text("\(bench.home)/src/x.gemspec") == "a\nb\n")
        let common =
            "<--local> <--ignore-dependencies> <--no-document> <--verbose> <--version> <2.0> <--bindir> <\(bench.sub)/usr/bin> "
            + "<--install-dir> <\(bench.sub)/usr/lib/ruby/gems/3.2.0/>"
        let install = try bench.run("ruby/install", ["gem": "x", "version": "2.0", "gem-file": "ignored", "opts": "--x\n"])
        #expect(install.output == "gem <install> <x-2.0.gem> \(common) <--x>\n", "\(install)")
        let file = try bench.run("ruby/install", ["gem-file": "z.gem", "version": "2.0"])
        #expect(file.output == "gem <install> <z.gem> \(common)\n", "\(file)")
        let none = try bench.run("ruby/install", ["version": "2.0"])
        #expect(none.status == 1 && none.error == "ruby/install: name the gem in gem or its file in gem-file\n")
    }

    @Test(arguments: PipelineShell.allCases) func gemsAreCleaned(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program("ruby", "echo /usr/lib/ruby/gems/3.2.0")
        #expect(try bench.run("ruby/clean").status == 0)
        for name in ["build_info/x", "cache/x.gem", "gems/x/ext/mkmf.log", "gems/x/a b/gem_make.out", "gems/x/lib/x.rb"] {
            try bench.write("", to: "\(bench.sub)/usr/lib/ruby/gems/3.2.0/\(name)")
        }
        try bench.write("", to: "\(bench.sub)/usr/share/mkmf.log")
        let run = try bench.run("ruby/clean")
        #expect(run.status == 0 && run.output.isEmpty && run.error.isEmpty)
        #expect(
            try bench.entries("\(bench.sub)/usr") == [
                "lib/ruby/gems/3.2.0/gems/x/a b/", "lib/ruby/gems/3.2.0/gems/x/ext/", "lib/ruby/gems/3.2.0/gems/x/lib/x.rb",
                "share/mkmf.log",
            ])
    }

    @Test(arguments: PipelineShell.allCases) func specificationsAreUnlocked(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        for name in ["a b.gemspec", "x/Gemfile.lock", "other"] { try bench.write("x ~> 1\n", to: "\(bench.home)/\(name)") }
        #expect(try bench.run("ruby/unlock-spec").status == 0)
        #expect(try bench.text("\(bench.home)/a b.gemspec") + bench.text("\(bench.home)/x/Gemfile.lock") == "x >= 1\nx >= 1\n")
        #expect(try bench.text("\(bench.home)/other") == "x ~> 1\n")
    }

    @Test(arguments: PipelineShell.allCases) func anExtensionIsSwitchedOn(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.echoes("make")
        let run = try bench.run("pecl/install", ["extension": "redis"])
        #expect(run.output == "make <install> <INSTALL_ROOT=\(bench.sub)>\n", "\(run)")
        #expect(try bench.text("\(bench.sub)/etc/php/conf.d/redis.ini") == "extension=redis.so\n")
    }

    @Test(arguments: PipelineShell.allCases) func npmPackagesAreInstalled(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.echoes("npm", "node")
        let inputs = ["package": "@x/y", "version": "1.0"]
        let plain = try bench.run("npm/install", inputs)
        #expect(plain.output == "npm <install> <-g> <--prefix> <\(bench.sub)/usr/> <@x/y@1.0>\n", "\(plain)")
        #expect(try bench.entries(bench.sub) == ["usr/bin/", "usr/lib/"])
        let replaced = try bench.run("npm/install", inputs.merging(["overrides": "a@^1 @b/c@2 # why\nd@3"]) { $1 })
        #expect(
            replaced.output.split(separator: "\n").dropFirst() == [
                "node <overrides.js> <@x/y> <1.0> <a@^1 @b/c@2 # why", "d@3>", "npm <install> <--install-strategy=shallow> <.>",
            ])
        #expect(try bench.entries(bench.sub) == ["usr/bin/", "usr/lib/"])
        let other = try bench.run("npm/install", inputs.merging(["npm-package": "yarn"]) { $1 })
        #expect(other.status == 1 && other.error == "npm/install: npm-package: expected npm or pnpm, found 'yarn'\n")
    }
}
