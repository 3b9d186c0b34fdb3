import Testing

@testable import AlpinePackage

@Suite struct SolverFailureTests {
    @Test(arguments: [
        (
            "curl", "curl 8.1-r0 D:so:libfoo.so.2\nlibfoo 3.0-r1 p:so:libfoo.so.3",
            "curl-8.1-r0 needs so:libfoo.so.2, nobody provides it; the nearest is so:libfoo.so.3 (libfoo-3.0-r1)"
        ),
        (
            "curl", "curl 8.1-r0 D:so:libfoo.so.2\nlibfoo 3.0-r1 p:so:libfoo.so.3=3",
            "curl-8.1-r0 needs so:libfoo.so.2, nobody provides it; the nearest is so:libfoo.so.3=3 (libfoo-3.0-r1)"
        ),
        ("foo", "food 1", #"nobody provides "foo" that the environment asks for; did you mean "food"?"#),
        ("foo", "unlike 1", #"nobody provides "foo" that the environment asks for"#),
        ("zlib>=9", "zlib 1.3-r0\nzlib 1.2", #"nobody provides "zlib>=9" that the environment asks for; the nearest is zlib-1.3-r0"#),
        ("a", "a 1 D:zlib>=9\nzlib 1.3-r0", "a-1 needs zlib>=9, nobody provides it; the nearest is zlib-1.3-r0"),
        ("a", "a 1 D:x>=1\nb 1 p:x", "a-1 needs x>=1, nobody provides it; the nearest is x (b-1)"),
        ("a b", "a 1-r0 D:zlib<1.3\nb 2-r0 D:zlib>=1.3\nzlib 1.2\nzlib 1.3", "a-1-r0 needs zlib<1.3, but b-2-r0 needs zlib>=1.3"),
        ("zlib<1.3 b", "b 2-r0 D:zlib>=1.3\nzlib 1.2\nzlib 1.3", "the environment asks for zlib<1.3, but b-2-r0 needs zlib>=1.3"),
        ("zlib<1.3 zlib>1.2", "zlib 1.2\nzlib 1.3", "the environment asks for zlib<1.3 and zlib>1.2"),
        ("a b", "a 1 D:!b\nb 1", "a-1 conflicts with b, but the environment asks for b"),
        ("a c", "a 1 D:!b>1\nb 2\nc 1 D:b", "a-1 conflicts with b>1, but c-1 needs b"),
        ("c !b", "b 2\nc 1 D:b", "the environment excludes b, but c-1 needs b"),
        ("c !x", "b 2 p:x\nc 1 D:b", "the environment excludes x, but c-1 needs b"),
        (
            "a b", "a 1 p:cmd:ls=1\nb 1 p:cmd:ls=2",
            "the environment asks for a and b; only one package can be cmd:ls"
        ),
        (
            "c d", "c 1 D:foo<2\nd 1 D:so:foo.so.2\nfoo 1 p:so:foo.so.1=1\nfoo 2 p:so:foo.so.2=2",
            "c-1 needs foo<2, but d-1 needs so:foo.so.2 (foo-2); only one package can be foo"
        ),
        ("a", "a 1 A:aarch64", #"nobody provides "a" that the environment asks for; it is there only for aarch64"#),
        ("a@edge", "a 1", #"nobody provides "a@edge" that the environment asks for; a-1 is in no source with the tag @edge"#),
    ])
    func message(world: String, packages: String, expected: String) throws {
        let message = try failure(world, from: PackageSource(packages)).message
        #expect(message == expected)
    }

    @Test func taggedPackagesAreOffered() throws {
        let (main, edge) = try (PackageSource("a 1 D:b"), PackageSource("b 1", name: "edge", tag: "edge"))
        #expect(try failure("a", from: main, edge).message == "a-1 needs b, nobody provides it; b-1 is for who asks for b@edge")
        #expect(try chosen("a b@edge", from: main, PackageSource("b 1", tag: "edge")) == ["b-1", "a-1"])
    }

    @Test func linesLeadFromWhoAsksToTheCause() throws {
        let packages = "app 2 D:left,right\nleft 1 D:mid\nmid 1 D:zlib<1.3\nright 3 D:zlib>=1.3\nzlib 1.2\nzlib 1.3"
        let lines = try failure("app", from: PackageSource(packages)).lines
        #expect(
            lines == [
                "the environment asks for app: app-2", "app-2 needs right: right-3", "app-2 needs left: left-1", "left-1 needs mid: mid-1",
                "right-3 needs zlib>=1.3, but mid-1 needs zlib<1.3",
            ])
    }

    @Test func linesLeadToWhatIsMissing() throws {
        let lines = try failure("a", from: PackageSource("a 1 D:b\nb 1 D:c\nb 2 D:c>1\nc 1 D:gone")).lines
        #expect(
            lines == [
                "the environment asks for a: a-1", "a-1 needs b: b-2",
                "b-2 needs c>1, nobody provides it; the nearest is c-1",
            ])
    }

    @Test func namesOfIndexesCannotBreakLines() throws {
        var record = PackageRecord(name: "a\u{1b}[31m\nb", version: "1", architecture: "noarch")
        record.dependencies = [Dependency(name: "x\ny")]
        let solver = PackageSolver(sources: [PackageSource(name: "main", packages: [record])], architecture: "x86_64")
        let failure = #expect(throws: SolverFailure.self) { try solver.solve([Dependency(name: record.name)]) }
        #expect(failure?.lines.count == 2)
        #expect(failure?.lines.allSatisfy { $0.utf8.allSatisfy { $0 >= 32 } } == true)
    }
}
