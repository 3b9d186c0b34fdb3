import HostSystem
import Testing

/// Which files the `split` pipelines take, and which they leave.
@Suite struct BuiltInPipelineSplitTests {
    /// One split: what the main package has, and what is in both packages after.
    struct Split: Sendable, CustomTestStringConvertible {
        var pipeline: String
        var inputs: [String: String] = [:]
        var files: [String]
        var taken: [String]
        var left: [String]
        var testDescription: String { "\(pipeline) \(inputs)" }
    }

    static let splits = [
        Split(
            pipeline: "split/dev",
            files: [
                "lib/libq.a", "lib/libq.so -> libq.so.1", "lib/libq.so.1", "opt/include/o.h", "usr/bin/-config", "usr/bin/x",
                "usr/bin/x y-config",
                "usr/bin/x_config", "usr/include/a b.h", "usr/include/sys/include/c.h", "usr/lib/cmake/x/x.cmake", "usr/lib/deep/crt1.o",
                "usr/lib/deep/include/z.hpp", "usr/lib/deep/y.prl", "usr/lib/deep/p.so -> ../libx.so", "usr/lib/libx.a",
                "usr/lib/libx.so -> libx.so.1", "usr/lib/libx.so.1", "usr/lib/liby.so", "usr/lib/pkgconfig/x.pc", "usr/lib/qt6/mkspecs/m",
                "usr/share/aclocal/x.m4", "usr/share/cmake/x.cmake", "usr/share/gir-1.0/x.gir", "usr/share/pkgconfig/y.pc",
                "usr/share/vala/vapi/x.vapi", "usr/share/x/-dash.c", "usr/share/x/x.h.in",
            ],
            taken: [
                "lib/libq.a", "lib/libq.so -> libq.so.1", "opt/include/o.h", "usr/bin/-config", "usr/bin/x y-config", "usr/bin/x_config",
                "usr/include/a b.h", "usr/include/sys/include/c.h", "usr/lib/cmake/x/x.cmake", "usr/lib/deep/crt1.o",
                "usr/lib/deep/include/z.hpp", "usr/lib/deep/y.prl", "usr/lib/libx.a", "usr/lib/libx.so -> libx.so.1",
                "usr/lib/pkgconfig/x.pc", "usr/lib/qt6/mkspecs/m", "usr/share/aclocal/x.m4", "usr/share/cmake/x.cmake",
                "usr/share/gir-1.0/x.gir", "usr/share/pkgconfig/y.pc", "usr/share/vala/vapi/x.vapi", "usr/share/x/-dash.c",
            ],
            left: [
                "lib/libq.so.1", "usr/bin/x", "usr/lib/deep/p.so -> ../libx.so", "usr/lib/libx.so.1", "usr/lib/liby.so",
                "usr/share/x/x.h.in",
            ]),
        Split(
            pipeline: "split/dev", inputs: ["prefix": "//opt/usr"],
            files: ["lib/l.a", "opt/lib/a.so -> a.so.1", "opt/usr/lib/b.so -> b.so.1", "opt/usr/include/b.h", "usr/lib/c.so -> c.so.1"],
            taken: ["opt/lib/a.so -> a.so.1", "opt/usr/include/b.h", "opt/usr/lib/b.so -> b.so.1"],
            left: ["lib/l.a", "opt/lib/", "opt/usr/lib/", "usr/lib/c.so -> c.so.1"]),
        Split(
            pipeline: "split/static",
            files: ["lib/a.a", "opt/o.a", "usr/lib/x y.a", "usr/lib/b.so.1", "usr/lib/deep/c.a", "usr/share/d.a -> e"],
            taken: ["lib/a.a", "usr/lib/deep/c.a", "usr/lib/x y.a", "usr/share/d.a -> e"], left: ["opt/o.a", "usr/lib/b.so.1"]),
        Split(
            pipeline: "split/lib",
            files: ["lib/a.so.1", "usr/lib/b.so", "usr/lib/b.so.1 -> b.so.1.2", "usr/lib/b.so.1.2 ", "usr/lib/p/c.so.1"],
            taken: ["lib/a.so.1", "usr/lib/b.so.1 -> b.so.1.2", "usr/lib/b.so.1.2 "], left: ["usr/lib/b.so", "usr/lib/p/c.so.1"]),
        Split(
            pipeline: "split/lib", inputs: ["patterns": "ssl\n  crypt*\n\n", "paths": "opt/lib\nmissing\n"],
            files: ["opt/lib/libssl.so.3", "usr/lib/libcrypto.so.3", "usr/lib/libssl.so.3", "usr/lib/libsslx.so.3", "usr/lib/ssl.so.3"],
            taken: ["opt/lib/libssl.so.3", "usr/lib/libcrypto.so.3", "usr/lib/libssl.so.3"],
            left: ["opt/", "usr/lib/libsslx.so.3", "usr/lib/ssl.so.3"]),
        Split(
            pipeline: "split/bin", files: ["usr/bin/a b", "usr/bin/l -> a b", "usr/lib/x", "usr/sbin/s"],
            taken: ["usr/bin/a b", "usr/bin/l -> a b"], left: ["usr/lib/x", "usr/sbin/s"]),
        Split(
            pipeline: "split/manpages",
            files: [
                "usr/bin/x", "usr/local/share/man/man1/b.1", "usr/man/man8/c.8", "usr/share/man/de/man1/a.1", "usr/share/man/man1/a.1",
            ],
            taken: ["usr/share/man/de/man1/a.1", "usr/share/man/man1/a.1", "usr/share/man/man1/b.1", "usr/share/man/man8/c.8"],
            left: ["usr/bin/x"]),
        Split(
            pipeline: "split/infodir", files: ["usr/share/info/dir", "usr/share/info/x y.info", "usr/share/man/man1/a.1"],
            taken: ["usr/share/info/x y.info"], left: ["usr/share/man/man1/a.1"]),
        Split(
            pipeline: "split/alldocs",
            files: [
                "usr/bin/x", "usr/local/share/doc/y", "usr/share/doc/x/README", "usr/share/info/dir", "usr/share/info/x.info",
                "usr/man/man1/a.1",
            ],
            taken: ["usr/share/doc/x/README", "usr/share/doc/y", "usr/share/info/x.info", "usr/share/man/man1/a.1"], left: ["usr/bin/x"]),
        Split(
            pipeline: "split/locales", files: ["usr/share/locale/de/x.mo", "usr/share/x"], taken: ["usr/share/locale/de/x.mo"],
            left: ["usr/share/x"]),
    ]

    @Test(arguments: PipelineShell.allCases, splits) func takesAndLeaves(_ shell: PipelineShell, _ split: Split) throws {
        let bench = try PipelineBench(shell)
        try bench.fill(split.files)
        let run = try bench.run(split.pipeline, split.inputs)
        #expect(run.status == 0 && run.error.isEmpty && run.output.isEmpty, "\(run)")
        #expect(try bench.entries(bench.sub) == split.taken.sorted())
        #expect(try bench.entries(bench.app) == split.left.sorted())
    }

    static let all = [
        "split/alldocs", "split/bin", "split/debug", "split/dev", "split/infodir", "split/lib", "split/locales", "split/manpages",
        "split/static",
    ]

    @Test(arguments: PipelineShell.allCases, all) func aPackageIsNotSplitFromItself(_ shell: PipelineShell, _ pipeline: String) throws {
        let bench = try PipelineBench(shell)
        try bench.fill(["usr/bin/x"])
        let main = try bench.run(pipeline, as: "app")
        #expect(main.status == 1 && main.error.contains("cannot be split from itself"))
        let named = try bench.run(pipeline, ["package": "app-sub"])
        #expect(named.status == 1 && named.error.contains("cannot be split from itself"))
        #expect(try bench.entries(bench.app) == ["usr/bin/x"])
    }

    @Test(arguments: PipelineShell.allCases, all.filter { $0 != "split/bin" })
    func nothingIsDoneInSilence(_ shell: PipelineShell, _ pipeline: String) throws {
        let bench = try PipelineBench(shell)
        try bench.fill(["etc/x"])
        for inputs in [[:], ["package": "no-such-package"]] {
            let run = try bench.run(pipeline, inputs)
            #expect(run.status == 0 && run.output.isEmpty && run.error.isEmpty, "\(run)")
        }
        #expect(try bench.entries(bench.app) == ["etc/x"])
        #expect(try bench.entries(bench.sub) == [])
    }

    @Test(arguments: PipelineShell.allCases) func noProgramsAreAnError(_ shell: PipelineShell) throws {
        let run = try PipelineBench(shell).run("split/bin")
        #expect(run.status == 1 && run.error.contains("split/bin: there are no programs in"))
    }

    @Test(arguments: PipelineShell.allCases) func anotherPackageCanBeSplit(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.write("", to: "\(bench.home)/melange-out/other/usr/share/man/man1/a.1")
        try bench.fill(["usr/share/man/man1/b.1"])
        #expect(try bench.run("split/manpages", ["package": "other"]).status == 0)
        #expect(try bench.entries(bench.sub) == ["usr/share/man/man1/a.1"])
        #expect(try bench.entries(bench.app) == ["usr/share/man/man1/b.1"])
    }

    @Test(arguments: PipelineShell.allCases) func programsComeFromThePackageOfTheName(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.write("", to: "\(bench.home)/melange-out/tool/usr/bin/tool")
        try bench.fill(["usr/bin/app"])
        #expect(try bench.run("split/bin", as: "tool-bin").status == 0)
        #expect(try bench.entries("\(bench.home)/melange-out/tool-bin") == ["usr/bin/tool"])
        #expect(try bench.entries(bench.app) == ["usr/bin/app"])
    }

    /// A second split into the same package adds to what is there.
    @Test(arguments: PipelineShell.allCases) func foldersMeet(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.write("", to: "\(bench.sub)/usr/include/first.h")
        try bench.write("", to: "\(bench.sub)/usr/share/man/man1/first.1")
        try bench.fill(["usr/include/second.h", "usr/share/man/man1/second.1"])
        #expect(try bench.run("split/dev").status == 0)
        #expect(try bench.run("split/manpages").status == 0)
        #expect(
            try bench.entries(bench.sub) == [
                "usr/include/first.h", "usr/include/second.h", "usr/share/man/man1/first.1", "usr/share/man/man1/second.1",
            ])
    }

    /// Links to folders are neither followed nor taken for the folders.
    @Test(arguments: PipelineShell.allCases) func linksAreNotFollowed(_ shell: PipelineShell) throws {
        let bench = try PipelineBench(shell)
        try bench.fill(["lib -> usr/lib", "usr/lib/libx.a", "usr/lib/libx.so -> libx.so.1", "usr/man -> ../outside", "outside/man1/a.1"])
        #expect(try bench.run("split/manpages").status == 0)
        #expect(try bench.run("split/dev").status == 0)
        #expect(try bench.entries(bench.sub) == ["usr/lib/libx.a", "usr/lib/libx.so -> libx.so.1"])
        #expect(try bench.entries(bench.app) == ["lib -> usr/lib", "outside/man1/a.1", "usr/lib/", "usr/man -> ../outside"])
    }
}
