import Testing

/// The command lines that pipelines make of their inputs, told by programs that print theirs.
@Suite struct BuiltInPipelineCommandTests {
    /// Inputs of a pipeline and the lines that its programs print; `SUB` stands for the package's folder.
    struct Command: Sendable, CustomTestStringConvertible {
        var pipeline: String
        var inputs: [String: String] = [:]
        var lines: [String]
        var testDescription: String { "\(pipeline) \(inputs)" }
    }

    static let builds = [
        Command(
            pipeline: "cmake/configure", inputs: ["opts": "-DA='b c' \\\n  -DD=e\n"],
            lines: [
                "cmake <-G> <Ninja> <-B> <output> <-DCMAKE_BUILD_TYPE=Release> <-DCMAKE_VERBOSE_MAKEFILE=ON> <-DCMAKE_INSTALL_PREFIX=/usr> "
                    + "<-DCMAKE_INSTALL_LIBDIR=lib> <-DA=b c> <-DD=e>"
            ]),
        Command(
            pipeline: "cmake/build", inputs: ["output-dir": "out", "opts": "--target x\n"],
            lines: ["cmake <--build> <out> <--target> <x>", "VERBOSE=1"]),
        Command(pipeline: "cmake/install", lines: ["cmake <--install> <output>", "DESTDIR=SUB"]),
        Command(
            pipeline: "meson/configure", inputs: ["opts": "-Da=b\n"],
            lines: ["meson <setup> <--prefix=/usr> <--wrap-mode=nodownload> <.> <output> <-Da=b>"]),
        Command(pipeline: "meson/compile", lines: ["meson <compile> <-C> <output> <-j> <4>"]),
        Command(pipeline: "meson/install", lines: ["meson <install> <-C> <output>", "DESTDIR=SUB"]),
        Command(pipeline: "git-am", inputs: ["patches": "a.patch\n  b*.patch\n"], lines: ["git <am> <--> <a.patch> <b*.patch>"]),
        Command(
            pipeline: "pecl/phpize", lines: ["phpize", "configure <--with-php-config=php-config> <--prefix=/usr>"]),
        Command(
            pipeline: "R/build", inputs: ["package": "p", "version": "1", "path": "a b.tar.gz"],
            lines: [
                "Rscript <-e> <place <- commandArgs(TRUE); install.packages(place[1], lib = place[2], repos = NULL, type = \"source\")> "
                    + "<a b.tar.gz> <SUB/usr/lib/R/library/>"
            ]),
        Command(
            pipeline: "maven/pombump", inputs: ["properties-file": "text", "dependencies": "a@b@1 c@d@2", "pom": "text"],
            lines: ["pombump <text> <--properties-file> <text> <--dependencies> <a@b@1 c@d@2>"]),
        Command(
            pipeline: "xcover/profile", inputs: ["executable-path": "/usr/bin/x", "include-functions": "^main"],
            lines: [
                "xcover <run> <--detach> <--status> <--path> </usr/bin/x> <--scope=project> <--include=^main> <--exclude=> "
                    + "<--log-level=info> <--verbose=false>", "xcover <wait> <--timeout> <60s>",
            ]),
    ]

    static let languages = [
        Command(
            pipeline: "go/build",
            inputs: ["packages": "./cmd/a ./cmd/b", "output": "tool", "tags": "x", "ldflags": "-X \"a.b=$(echo c)\" \\\n-s"],
            lines: [
                "go <build> <-o> <SUB/usr/bin/tool> <-trimpath> <-buildmode> <default> <-tags> <netgo,osusergo,x> <-ldflags> "
                    + "<-w -X a.b=c -s> <./cmd/a> <./cmd/b>"
            ]),
        Command(
            pipeline: "go/build",
            inputs: ["packages": ".", "output": "tool", "deps": "a@v1\n  b@v2\n", "vendor": "true", "tidy": "true", "extra-args": "-v\n"],
            lines: [
                "go <mod> <tidy>", "go <get> <a@v1>", "go <get> <b@v2>", "go <mod> <tidy>", "go <mod> <vendor>",
                "go <build> <-o> <SUB/usr/bin/tool> <-trimpath> <-buildmode> <default> <-tags> <netgo,osusergo,> <-ldflags> <-w > <-v> <.>",
            ]),
        Command(
            pipeline: "go/install", inputs: ["package": "example.org/x/y", "version": "v1.2.3", "ldflags": "-s"],
            lines: ["go <install> <-trimpath> <-tags> <netgo,osusergo,> <-ldflags> <-w -s> <example.org/x/y@v1.2.3>"]),
        Command(
            pipeline: "go/install", inputs: ["package": "./a ./b", "tags": "x", "strip": "-s"],
            lines: ["go <install> <-trimpath> <-tags> <netgo,osusergo,x> <-ldflags> <-s > <./a> <./b>"]),
        Command(
            pipeline: "go/bump", inputs: ["deps": "a@v1\nb@v2"],
            lines: [
                "gobump <--packages> <a@v1",
                "b@v2> <--replaces> <> <--go-version=> <--compat=> <--tidy=true> <--work=false> <--show-diff=false>",
            ]),
        Command(
            pipeline: "bump", inputs: ["deps": "a@v1\nb@v2", "tidy": "false", "features": "x,y"],
            lines: ["omnibump <--packages> <a@v1", "b@v2> <--features> <x,y>"]),
        Command(pipeline: "bump", inputs: ["deps": "text"], lines: ["omnibump <--deps> <HOME/text> <--tidy>"]),
        Command(
            pipeline: "bump", inputs: ["modroot": "\n  one\n  two\n", "replaces": "a=b@v1"],
            lines: ["omnibump <--replaces> <a=b@v1> <--tidy>", "omnibump <--replaces> <a=b@v1> <--tidy>"]),
        Command(
            pipeline: "bump", inputs: ["analyze": "true", "output": "json", "analyze-packages": "a b"],
            lines: ["omnibump <analyze> <--packages> <a b> <--output> <json> <.>"]),
    ]

    @Test(arguments: PipelineShell.allCases, builds) func toolsGetTheirArguments(_ shell: PipelineShell, _ command: Command) throws {
        let bench = try PipelineBench(shell)
        for name in ["cmake", "meson"] {
            let variables = "[ -z \"$VERBOSE\" ] || echo VERBOSE=$VERBOSE; [ -z \"$DESTDIR\" ] || echo DESTDIR=$DESTDIR"
            try bench.program(name, "printf '%s' \(name); printf ' <%s>' \"$@\"; echo; \(variables)")
        }
        try bench.program("nproc", "echo 4")
        try bench.program("phpize", "echo phpize")
        try bench.echoes("git", "Rscript", "xcover")
        try bench.write("#!/bin/sh\nprintf configure; printf ' <%s>' \"$@\"; echo\n", to: "\(bench.home)/configure", mode: 0o755)
        // What it prints becomes the project file.
        try bench.program("pombump", "printf pombump >&2; printf ' <%s>' \"$@\" >&2; echo >&2; echo new")
        try bench.write("old", to: "\(bench.home)/text")
        try bench.write("", to: "\(bench.home)/b1.patch")
        let run = try bench.run(command.pipeline, command.inputs)
        #expect(run.status == 0, "\(run)")
        // busybox counts processors itself.
        let lines = lines(run, bench).map { $0.hasPrefix("meson <compile>") ? "meson <compile> <-C> <output> <-j> <4>" : $0 }
        #expect(lines == command.lines)
        #expect(try bench.text("\(bench.home)/text") == (command.pipeline == "maven/pombump" ? "new\n" : "old"))
    }

    @Test(arguments: PipelineShell.allCases, languages) func modulesAndVersions(_ shell: PipelineShell, _ command: Command) throws {
        let bench = try PipelineBench(shell)
        try bench.echoes("gobump", "omnibump", "go")
        try bench.write("", to: "\(bench.home)/go.mod")
        try bench.write("", to: "\(bench.home)/text")
        for folder in ["one", "two"] { try bench.write("", to: "\(bench.home)/\(folder)/x") }
        let run = try bench.run(command.pipeline, command.inputs)
        #expect(run.status == 0, "\(run)")
        #expect(lines(run, bench) == command.lines)
    }

    private func lines(_ run: PipelineRun, _ bench: PipelineBench) -> [String] {
        (run.output + run.error).split(separator: "\n").map {
            String($0).replacing(bench.sub, with: "SUB").replacing(bench.home, with: "HOME")
        }
    }

    @Test(arguments: PipelineShell.allCases) func goSeesItsEnvironment(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program(
            "go",
            "[ \"$1\" = build ] || exit 0; echo $PWD $GOAMD64 $GOARM64 $GOEXPERIMENT $GOMODCACHE; "
                + "git config --get core.excludesFile | xargs cat")
        try bench.write("", to: "\(bench.home)/sub/go.mod")
        let inputs = ["packages": ".", "output": "x", "modroot": "sub", "experiments": "loopvar", "amd64": "v3"]
        let run = try bench.run("go/build", inputs)
        #expect(run.output == "\(bench.home)/sub v3 v8.0 loopvar /var/cache/melange/gomodcache\n**\n", "\(run)")
        #expect(try bench.entries("\(bench.root)/tmp") == [])
        let plain = try bench.run("go/build", inputs.merging(["ignore-untracked-files": "false"]) { $1 })
        #expect(plain.output.split(separator: "\n").count == 1)
        #expect(try bench.entries(bench.home) == ["melange-out/app-sub/", "melange-out/app/", "sub/go.mod"])
    }

    @Test(arguments: PipelineShell.allCases) func moduleFilesBesideTheConfigurationWin(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.program("go", "[ \"$1\" = build ] && cat go.mod go.sum")
        for (path, text) in [("src/go.mod", "theirs "), ("src/go.sum", "sums"), ("go.mod.local", "ours ")] {
            try bench.write(text, to: "\(bench.home)/\(path)")
        }
        let run = try bench.run("go/build", ["packages": ".", "output": "x", "modroot": "src"])
        #expect(run.output == "ours sums")
    }

    @Test(arguments: PipelineShell.allCases, ["go/build", "go/build/v2"]) func aMissingModuleIsNamed(_ shell: PipelineShell, _ name: String)
        throws
    {
        let run = try PipelineBench(shell).run(name, ["packages": ".", "output": "x"])
        #expect(run.status == 1 && run.error == "go/build: there is no go.mod in .: say in modroot where the module is\n")
    }

    @Test(arguments: PipelineShell.allCases) func whatWasBuiltIsStripped(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.echoes("go", "strip")
        try bench.write("", to: "\(bench.home)/go.mod")
        try bench.write(String(repeating: "x", count: 100), to: "\(bench.sub)/usr/bin/app")
        try bench.program(
            "readelf",
            "printf 'File: %s\\n  OS/ABI: UNIX\\n  Type: EXEC\\n  Machine: AArch64\\n  Machine: Advanced Micro Devices X86-64\\n' \"$4\"")
        let run = try bench.run("go/build/v2")
        #expect(run.status == 0 && run.output.contains("go <build> <-o> <\(bench.sub)/usr/bin/>"), "\(run)")
        #expect(run.output.hasSuffix("strip <-g> <./usr/bin/app>\n"))
    }

    @Test(
        arguments: PipelineShell.allCases,
        [
            ("go", "gobump-deps.yaml", "omnibump <--language> <go> <--deps> <HOME/gobump-deps.yaml> <--tidy>"),
            ("rust", "deps.yaml", "omnibump <--language> <rust> <--deps> <HOME/deps.yaml> <--tidy>"),
            ("java", "pombump-properties.yaml", "omnibump <--language> <java> <--properties> <HOME/pombump-properties.yaml> <--tidy>"),
            ("auto", "properties.yaml", "omnibump <--properties> <HOME/properties.yaml> <--tidy>"),
            ("go", "cargobump-deps.yaml", "omnibump <--language> <go> <--tidy>"),
            ("auto", "cargobump-deps.yaml", "omnibump <--deps> <HOME/cargobump-deps.yaml> <--tidy>"),
        ]) func usualListsAreFound(_ shell: PipelineShell, _ row: (String, String, String)) throws
    {
        let bench = try PipelineBench(shell)
        try bench.echoes("omnibump")
        try bench.write("", to: "\(bench.home)/\(row.1)")
        #expect(lines(try bench.run("bump", ["language": row.0]), bench) == [row.2])
    }

    @Test(arguments: PipelineShell.allCases) func allModulesJoinTheWorkspace(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        for name in ["go", "omnibump"] { try bench.program(name, "echo \(name) ${PWD##*/} ${GOWORK##*/} \"$@\"") }
        for path in ["go.work", "a/x", "b/x"] { try bench.write("", to: "\(bench.home)/\(path)") }
        let run = try bench.run("bump", ["modroot": "a\nb", "packages": "m@v1", "tidy": "false"])
        #expect(
            run.output.split(separator: "\n") == [
                "go a go.work work use .", "go b go.work work use .", "omnibump a go.work --packages m@v1",
                "omnibump b go.work --packages m@v1",
            ])
        let failed = try bench.run("bump", ["modroot": "a\nabsent\nb"])
        #expect(failed.status != 0 && !failed.output.contains("go b"))
        #expect(try bench.run("bump", ["analyze": "yes"]).error == "bump: analyze: expected true or false, found 'yes'\n")
    }
}
