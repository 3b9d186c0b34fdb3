import HostSystem
import Testing

/// Projects that are configured, built and installed for real.
@Suite struct BuiltInPipelineBuildTests {
    /// A configure script that writes its arguments into a Makefile with targets that say what they got.
    private let configure = #"""
        #!/bin/sh
        printf '%s\n' "$@" > arguments
        cat > Makefile <<'END'
        all: ; @echo all V=$(V) A="$(A)"
        check docs: ; @echo $@
        LIB = $(DESTDIR)/usr/lib
        install: ; mkdir -p $(LIB)/x && touch $(LIB)/libx.so $(LIB)/libx.la && ln -s libx.la "$(LIB)/x/-l x.la"
        install-doc: ; mkdir -p $(DESTDIR)/usr/share && touch $(DESTDIR)/usr/share/doc
        END
        """#

    @Test(arguments: PipelineShell.allCases) func standardFoldersAndOptions(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.write(configure, to: "\(bench.home)/source dir/configure", mode: 0o755)
        let run = try bench.run(
            "autoconf/configure", ["dir": "\"source dir\"", "opts": "--enable-x \\\n  --with-y='a b' \\\n  --prefix=/opt\n"])
        #expect(run.status == 0, "\(run)")
        let arguments = try bench.text("\(bench.home)/source dir/arguments").split(separator: "\n")
        let standard: Set<Substring> = [
            "--prefix=/usr", "--sysconfdir=/etc", "--localstatedir=/var", "--libdir=/usr/lib", "--mandir=/usr/share/man",
            "--infodir=/usr/share/info", "--build=x86_64-pc-linux-gnu", "--host=x86_64-pc-linux-gnu",
        ]
        #expect(Set(arguments.dropLast(3)) == standard)
        #expect(arguments.suffix(3) == ["--enable-x", "--with-y=a b", "--prefix=/opt"])
    }

    @Test(arguments: PipelineShell.allCases) func configureIsMadeWhereItIsMissing(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.write(configure, to: "\(bench.root)/bin/configure-source", mode: 0o755)
        try bench.program("autoreconf", "echo autoreconf \"$@\"; cp \"${0%/*}/configure-source\" configure")
        try bench.write("", to: "\(bench.home)/configure.ac")
        let first = try bench.run("autoconf/configure")
        #expect(first.status == 0 && first.output == "autoreconf --force --install --verbose\n", "\(first)")
        #expect(try bench.run("autoconf/configure").output.isEmpty)
    }

    @Test(arguments: PipelineShell.allCases) func failuresOfConfigureEnd(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        #expect(try bench.run("autoconf/configure").status == 127)
        try bench.write("#!/bin/sh\nexit 77\n", to: "\(bench.home)/configure", mode: 0o755)
        #expect(try bench.run("autoconf/configure").status == 77)
        try bench.program("autoreconf", "exit 5")
        try Files.removeFile("\(bench.home)/configure")
        try bench.write("", to: "\(bench.home)/configure.ac")
        #expect(try bench.run("autoconf/configure").status == 5)
    }

    @Test(
        arguments: PipelineShell.allCases,
        [
            ([:], ["all V=1 A="]),
            (["opts": "A='b c'\n"], ["all V=1 A=b c"]),
            (["opts": "A=1 \\\n  --silent\n", "targets": "check docs\n"], ["check", "docs"]),
        ] as [([String: String], Set<Substring>)])
    func makeGetsItsTargets(_ shell: PipelineShell, _ row: ([String: String], Set<Substring>)) throws {
        let bench = try PipelineBench(shell)
        try bench.write(configure, to: "\(bench.home)/configure", mode: 0o755)
        #expect(try bench.run("autoconf/configure").status == 0)
        let run = try bench.run("autoconf/make", row.0)
        #expect(run.status == 0 && Set(run.output.split(separator: "\n").filter { !$0.hasPrefix("make:") }) == row.1, "\(run)")
        #expect(try bench.run("autoconf/make", ["targets": "none"]).status == 2)
    }

    @Test(arguments: PipelineShell.allCases) func installationLeavesNoLibtoolArchives(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.write(configure, to: "\(bench.home)/configure", mode: 0o755)
        #expect(try bench.run("autoconf/configure").status == 0)
        let run = try bench.run("autoconf/make-install", ["targets": "install install-doc\n", "opts": "--silent\n"])
        #expect(run.status == 0, "\(run)")
        #expect(try bench.entries(bench.sub) == ["usr/lib/libx.so", "usr/lib/x/", "usr/share/doc"])
        #expect(run.output.contains("usr/lib/x/-l x.la\n"))
        #expect(try bench.run("autoconf/make-install", ["targets": "none"]).status == 2)
    }

    @Test(arguments: PipelineShell.allCases) func cargoInstallsWhatItBuilt(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program(
            "cargo",
            "echo \"$RUSTFLAGS\" cargo \"$@\"; mkdir -p target/release/deps; cd target/release; touch 'a b' c c.d; chmod +x 'a b' c")
        let all = try bench.run("cargo/build", ["rustflags": "-C x"])
        #expect(all.status == 0 && all.output == "-C x cargo auditable build --target-dir target --release\n", "\(all)")
        #expect(try bench.entries(bench.sub) == ["usr/bin/a b", "usr/bin/c"])
        let one = try bench.run("cargo/build", ["output": "c", "opts": "--bin c\n", "jobs": "3", "prefix": "opt", "install-dir": "x"])
        #expect(one.status == 0 && one.output == " cargo auditable build --target-dir target --bin c --jobs 3\n", "\(one)")
        #expect(try bench.entries(bench.sub) == ["opt/x/c", "usr/bin/a b", "usr/bin/c"])
        #expect(try Files.status("\(bench.sub)/opt/x/c").permissions == 0o755)
        #expect(try bench.run("cargo/build", ["output": "absent"]).status != 0)
    }
}
