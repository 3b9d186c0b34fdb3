import FarmModel
import HostSystem
import Testing

/// What becomes of programs, libraries and what looks like them.
@Suite struct BuiltInPipelineBinaryTests {
    /// A main package with programs and libraries with debugging information.
    private func bench(_ shell: PipelineShell) throws -> PipelineBench {
        let bench = try PipelineBench(shell)
        try bench.write("int twice(int value) { return 2 * value; }\n", to: "\(bench.home)/twice.c")
        try bench.write("int main(void) { return 0; }\n", to: "\(bench.home)/main.c")
        try bench.fill(["usr/bin/script", "usr/lib/firmware.bin"])
        try compile(bench, "-g -o melange-out/app/usr/bin/'a program' main.c")
        try compile(bench, "-g -no-pie -o melange-out/app/usr/bin/'-fixed ' main.c")
        try compile(bench, "-g -shared -fPIC -o melange-out/app/usr/lib/libtwice.so.1 twice.c")
        try compile(bench, "-g -c -o melange-out/app/usr/lib/twice.o twice.c")
        try run(bench, "cd melange-out/app/usr/lib && ar rc libodd.a twice.o libtwice.so.1")
        try Files.setPermissions("\(bench.app)/usr/bin/a program", 0o4755)
        try Files.setPermissions("\(bench.app)/usr/lib/libtwice.so.1", 0o755)
        try Files.link("\(bench.app)/usr/bin/a program", to: "\(bench.app)/usr/bin/second name")
        try Files.makeSymbolicLink("\(bench.app)/usr/bin/third", target: "a program")
        try foreign(bench)
        return bench
    }

    private func compile(_ bench: PipelineBench, _ arguments: String) throws { try run(bench, "gcc \(arguments)") }

    private func run(_ bench: PipelineBench, _ command: String) throws {
        let result = try Subprocess.run(
            ["sh", "-c", command], environment: ["PATH=/usr/bin:/bin"], workingDirectory: bench.home,
            deadline: Clock.boottimeMilliseconds + 60_000)
        try #require(result.isSuccess, "\(String(decoding: result.error, as: UTF8.self))")
    }

    /// Copies of the library that call themselves another processor's and a program without a system.
    private func foreign(_ bench: PipelineBench) throws {
        let library = try Files.readAll("\(bench.app)/usr/lib/libtwice.so.1", limit: 1 << 20)
        for (name, offset, value) in [("sparc.so", 18, UInt8(2)), ("standalone.so", 7, 255)] {
            var copy = library
            copy[offset] = value
            let file = try Files.open("\(bench.app)/usr/lib/\(name)", [.write, .create], mode: 0o644)
            try file.writeAll(copy)
        }
    }

    private func sections(_ path: String) throws -> String {
        let result = try Subprocess.run(
            ["readelf", "-S", "-W", path], environment: ["PATH=/usr/bin:/bin"], deadline: Clock.boottimeMilliseconds + 60_000)
        return String(decoding: result.output, as: UTF8.self)
    }

    @Test(arguments: PipelineShell.allCases) func debuggingInformationIsStripped(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        let untouched = [
            "usr/bin/script", "usr/lib/firmware.bin", "usr/lib/twice.o", "usr/lib/libodd.a", "usr/lib/sparc.so", "usr/lib/standalone.so",
        ]
        let before = try untouched.map { try Files.readAll("\(bench.app)/\($0)", limit: 1 << 20) }
        let run = try bench.run("strip", as: "app")
        #expect(run.status == 0 && run.output.isEmpty && run.error.isEmpty, "\(run)")
        for name in ["bin/a program", "bin/-fixed ", "lib/libtwice.so.1"] {
            let found = try sections("\(bench.app)/usr/\(name)")
            #expect(found.contains(".text") && found.contains(".symtab") && !found.contains(".debug_info"), "\(name)")
        }
        #expect(try untouched.map { try Files.readAll("\(bench.app)/\($0)", limit: 1 << 20) } == before)
        let status = try Files.status("\(bench.app)/usr/bin/a program")
        #expect(status.permissions == 0o4755)
        #expect(try Files.linkTarget("\(bench.app)/usr/bin/third") == Array("a program".utf8))
    }

    @Test(arguments: PipelineShell.allCases) func optionsReachStrip(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        #expect(try bench.run("strip", ["opts": "--strip-all -R .comment\n"], as: "app").status == 0)
        let found = try sections("\(bench.app)/usr/bin/a program")
        #expect(found.contains(".text") && !found.contains(".symtab") && !found.contains(".comment"))
    }

    @Test(arguments: PipelineShell.allCases) func aFailureOfStripEnds(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        try bench.program("strip", "echo broken >&2; exit 3")
        let run = try bench.run("strip", as: "app")
        #expect(run.status == 3 && run.error == "broken\n")
    }

    @Test(arguments: PipelineShell.allCases) func nothingToStripIsFine(_ shell: PipelineShell) throws {
        let run = try PipelineBench(shell).run("strip", as: "app")
        #expect(run.status == 0 && run.output.isEmpty && run.error.isEmpty)
    }

    @Test(arguments: PipelineShell.allCases) func debuggingInformationIsKeptApart(_ shell: PipelineShell) throws {
        let bench = try bench(shell)
        let run = try bench.run("split/debug")
        #expect(run.status == 0 && run.output.isEmpty && run.error.isEmpty, "\(run)")
        let names = try bench.entries(bench.sub)
        // Of two names of one file, the first that was found.
        #expect(names.filter { !$0.contains("/usr/bin/") } == ["usr/lib/debug/usr/lib/libtwice.so.1.debug"])
        #expect(names.count == 2)
        for name in names {
            #expect(try sections("\(bench.sub)/\(name)").contains(".debug_info"))
            let program = String(name.dropFirst("usr/lib/debug/".count).dropLast(".debug".count))
            let found = try sections("\(bench.app)/\(program)")
            #expect(found.contains(".gnu_debuglink") && !found.contains(".debug_info"), "\(program)")
        }
        // Programs that cannot be moved in memory are left, as are those of others.
        for name in ["bin/-fixed ", "lib/twice.o", "lib/sparc.so"] {
            #expect(try sections("\(bench.app)/usr/\(name)").contains(".debug_info"), "\(name)")
        }
        let first = try Files.status("\(bench.app)/usr/bin/a program")
        let second = try Files.status("\(bench.app)/usr/bin/second name")
        #expect(first.inode == second.inode && first.permissions == 0o4755)
        #expect(try bench.entries("\(bench.root)/tmp") == [])
    }
}
