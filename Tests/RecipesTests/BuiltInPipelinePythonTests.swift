import HostSystem
import Testing

/// Packages of Python, with a Python that prints what it is asked for.
@Suite struct BuiltInPipelinePythonTests {
    private func bench(_ shell: PipelineShell) throws -> PipelineBench {
        let bench = try PipelineBench(shell)
        try bench.program(
            "real-python",
            """
            case "$1 $2" in
            "bad "* | *" bad"*) exit 1 ;;
            *version_info*) echo 3.12 ;;
            *getsitepackages*) echo usr/lib/python3.12/site-packages ;;
            "-m pip") printf 'python'; printf ' <%s>' "$@"; echo; ls ;;
            "-m build") mkdir dist && touch dist/a.whl ;;
            *) printf 'python'; printf ' <%s>' "$@"; echo ;;
            esac
            """)
        for name in ["python", "python3"] { try Files.makeSymbolicLink("\(bench.root)/bin/\(name)", target: "real-python") }
        return bench
    }

    @Test(arguments: PipelineShell.allCases) func setupAndWheels(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        #expect(try bench.run("python/build").output == "python <setup.py> <build>\n")
        #expect(try bench.run("python/install").output == "python <setup.py> <install> <--root=\(bench.sub)> <--prefix=/usr>\n")
        try bench.write("", to: "\(bench.sub)/usr/lib/x y.pyc")
        let wheel = try bench.run("python/build-wheel")
        #expect(wheel.output == "python <-m> <installer> <-d> <\(bench.sub)> <dist/a.whl>\n", "\(wheel)")
        #expect(try bench.entries(bench.sub) == ["usr/lib/"])
    }

    @Test(
        arguments: PipelineShell.allCases,
        [
            (["import": "a"], 0, "python3: import a: good\n", ""),
            (["import": "a", "from": "b.c"], 0, "python3: from b.c import a: good\n", ""),
            (["import": "bad"], 1, "", "python3: import bad: failed\n"),
            (
                ["imports": "# all\nimport a # one\n\n  from b import bad\nimport c\n"], 1,
                "python3: import a: good\npython3: import c: good\n",
                "python3: from b import bad: failed\n"
            ),
            (["imports": "import a", "from": "b"], 1, "", "python/import: imports cannot be used together with import or from\n"),
            (["from": "b"], 1, "", "python/import: there is nothing to import: write statements in imports\n"),
            (["import": "a", "venv": "/x"], 1, "", "python/import: python cannot be used together with venv\n"),
            (["import": "a", "venv": "/x", "python": "DEFAULT"], 1, "", "python/import: venv: /x is no virtual environment\n"),
        ] as [([String: String], Int32, String, String)])
    func modulesAreImported(_ shell: PipelineShell, _ row: ([String: String], Int32, String, String)) throws {
        let bench = try bench(shell)
        let run = try bench.run("python/import", ["python": "python3"].merging(row.0) { $1 })
        let output = run.output.split(separator: "\n").filter { !$0.hasPrefix("python <") }.map { "\($0)\n" }.joined()
        #expect(run.status == row.1 && output == row.2 && run.error == row.3, "\(run)")
    }

    @Test(arguments: PipelineShell.allCases) func environmentsBringTheirPython(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        try bench.write("#!/bin/sh\necho \"$MARK\" \"$2\"\n", to: "\(bench.home)/venv/bin/python3", mode: 0o755)
        try bench.write("export MARK=active\n", to: "\(bench.home)/venv/bin/activate")
        let run = try bench.run("python/import", ["import": "a", "venv": "\(bench.home)/venv"])
        #expect(run.output.hasPrefix("active import a\n"), "\(run)")
    }

    @Test(arguments: PipelineShell.allCases) func aScriptRunsWithTheOnlyPython(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        let plain = try bench.run("py/one-python", ["content": "python x 'y z'\npython3 'bad'\necho never"])
        #expect(plain.status == 1 && plain.output == "python <x> <y z>\n", "\(plain)")
        let own = try bench.run("py/one-python", ["content": "#!/bin/cat\n$HOME `x`"])
        #expect(own.status == 0 && own.output == "#!/bin/cat\n$HOME `x`\n", "\(own)")
        #expect(try bench.entries("\(bench.root)/tmp") == [])
    }

    @Test(arguments: PipelineShell.allCases) func pipBuildsWithoutWhatIsHidden(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        for name in ["tests/a b", "-x", "setup.py"] { try bench.write("", to: "\(bench.home)/\(name)") }
        try bench.write("", to: "\(bench.home)/.wheels/3.12/a.whl")
        let run = try bench.run("py/pip-build-install", ["prevent-inclusion": "tests\n -x", "needs-exe-named-python": "true"])
        #expect(run.status == 0, "\(run)")
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(lines.filter { !$0.hasPrefix("python") } == ["melange-out", "setup.py", "melange-out", "setup.py"])
        let calls = lines.filter { $0.hasPrefix("python") }
        #expect(calls.count == 3)
        #expect(
            calls[0].contains("<--no-index>") && calls[0].hasSuffix("<--no-build-isolation> <--no-deps> <--wheel-dir=./.wheels/3.12> <.>"))
        #expect(calls[1].hasSuffix("<--no-compile> <--prefix=/usr> <--root=\(bench.sub)> <./.wheels/3.12/a.whl>"))
        #expect(calls[2].hasSuffix("<--invalidation-mode=unchecked-hash> <-r100> <\(bench.sub)/usr/lib/python3.12/site-packages>"))
        let after = try bench.entries(bench.home).filter { !$0.hasPrefix("melange-out") }
        #expect(after == ["-x", ".wheels/3.12/a.whl", "setup.py", "tests/a b"])
        let wrong = try bench.run("py/pip-build-install", ["needs-exe-named-python3": "yes"])
        #expect(wrong.status == 1)
        #expect(wrong.error == "py/pip-build-install: needs-exe-named-python3: expected true or false, found 'yes'\n")
    }

    @Test(arguments: PipelineShell.allCases) func wheelsAreCollected(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        let none = try bench.run("py/collect-wheels")
        #expect(none.status == 1 && none.error.hasPrefix("py/collect-wheels: there are no wheels in"))
        for name in ["3.11/a.whl", "3.12/b c.whl"] { try bench.write("", to: "\(bench.home)/.wheels/\(name)") }
        #expect(try bench.run("py/collect-wheels").status == 0)
        #expect(try bench.entries(bench.sub) == ["usr/share/wheels/a.whl", "usr/share/wheels/b c.whl"])
    }
}
