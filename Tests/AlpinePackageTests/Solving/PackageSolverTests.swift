import Testing

@testable import AlpinePackage

@Suite struct PackageSolverTests {
    @Test(arguments: [
        ("nothing is asked for", "", "a 1", ""),
        ("chain", "a", "a 1 D:b\nb 1 D:c\nc 1", "a-1 b-1 c-1"),
        ("diamond", "a", "a 1 D:b,c\nb 1 D:d\nc 1 D:d\nd 1", "a-1 b-1 c-1 d-1"),
        ("nothing else comes", "a", "a 1\nb 1", "a-1"),
        ("highest version", "a", "a 1.9\na 1.10\na 1.2", "a-1.10"),
        ("a version before a release is lower", "a", "a 2_rc1\na 1.9", "a-2_rc1"),
        ("constraint of who asks", "a<2", "a 1\na 2", "a-1"),
        ("fuzzy constraint", "a~1.2", "a 1.1\na 1.2.7-r3\na 1.3", "a-1.2.7-r3"),
        ("constraint of a package", "a", "a 1 D:b<2\nb 1\nb 2", "a-1 b-1"),
        ("two constraints", "a b", "a 1 D:c<3\nb 1 D:c>1\nc 1\nc 2\nc 3", "a-1 b-1 c-2"),
        ("conflict forces an older version", "a b", "a 1 D:!b>1\nb 1\nb 2", "a-1 b-1"),
        ("who asks excludes", "a !b>1", "a 1 D:b\nb 1\nb 2", "a-1 b-1"),
        ("an early choice is revised", "a b", "a 2 D:c>=2\na 1 D:c\nb 1 D:c<2\nc 1\nc 2", "a-1 b-1 c-1"),
        ("what cannot be installed is not chosen", "a", "a 2 D:missing\na 1", "a-1"),
        ("deep down as well", "a", "a 1 D:b\nb 3 D:c>3\nb 2 D:c>2\nb 1 D:c>1\nc 2", "a-1 b-1 c-2"),
        ("shared library", "a", "a 1 D:so:libz.so.1\nzlib 1.3 p:so:libz.so.1=1.3", "a-1 zlib-1.3"),
        ("command with a version", "cmd:ls>=2", "x 1 p:cmd:ls=1\ny 1 p:cmd:ls=2", "y-1"),
        ("pkg-config with a version", "pc:zlib>=1.2", "zlib-dev 1.3 p:pc:zlib=1.3", "zlib-dev-1.3"),
        ("a provide without a version meets no constraint", "x>=1", "a 9 p:x\nb 1 p:x=1", "b-1"),
        ("only one of a versioned name", "a b", "a 1 D:x\nb 1 D:x>=2\ny 1 p:x=1\nz 1 p:x=2", "a-1 b-1 z-1"),
        ("two of an unversioned name", "a b", "a 1 p:x\nb 1 p:x", "a-1 b-1"),
        ("the package of that name", "x", "a 9 p:x=9 k:99\nx 1", "x-1"),
        ("highest priority", "x", "a 1 p:x k:5\nb 1 p:x k:10\nc 9 p:x", "b-1"),
        ("what is chosen already", "user c", "user 1 D:x\na 1 p:x k:9\nc 1 p:x", "c-1 user-1"),
        ("also if it comes later", "user other", "user 1 D:x\na 1 p:x k:9\nc 1 p:x\nother 1 D:c", "c-1 other-1 user-1"),
        ("the origin of what is chosen", "user lib", "user 1 D:x\na 9 p:x o:a\nb 1 p:x o:lib\nlib 1 o:lib", "b-1 lib-1 user-1"),
        ("highest provided version", "x", "a 9 p:x=1\nb 1 p:x=2", "b-1"),
        ("highest package version", "x", "a 1 p:x\nb 2 p:x", "b-2"),
        ("the name at last", "x", "b 1 p:x\na 1 p:x", "a-1"),
        ("libraries: package versions first", "so:png", "png 1.5 p:so:png=16\npng 1.6 p:so:png=1.6-r0", "png-1.6"),
        ("own dependency", "a", "a 1 D:cmd:a,x>=1,a=1 p:cmd:a=1,x=1", "a-1"),
        ("own conflict", "a", "a 1 D:!x p:x", "a-1"),
        ("own second version", "a=0.5", "a 1 p:a=0.5", "a-1"),
        ("cycle", "a", "a 1 D:b\nb 1 D:c\nc 1 D:a", "a-1 b-1 c-1"),
        ("replaces has no say", "a", "a 1\nb 2 r:a p:c", "a-1"),
        ("twice the same", "a a>=1", "a 1", "a-1"),
        ("other architectures", "a", "a 3 A:aarch64\na 2 A:x86_64\na 1 A:noarch", "a-2"),
        ("without an architecture", "a", "a 3 A:aarch64\na 1 A:noarch", "a-1"),
        ("a file", "a", "a 1 D:/bin/sh\nbusybox 1 p:/bin/sh k:100\ndash 1 p:/bin/sh k:60", "a-1 busybox-1"),
        ("a provide of no proper version", "pc:x", "a 1 p:pc:x=v2.4", "a-1"),
        ("an improper version is the lowest", "a", "a 1x.2\na 0.1", "a-0.1"),
    ])
    func table(what: String, world: String, packages: String, expected: String) throws {
        #expect(try chosen(world, from: packages) == expected, "\(what)")
    }

    @Test(arguments: [
        ("all there", "foo app", "app-1 both-1 foo-2 lib-1"),
        ("one is missing", "app", "app-1 lib-1"),
        ("excluded", "foo app !both", "app-1 foo-2 lib-1"),
        ("a version is meant", "foo=1 docs", "docs-1 foo-1 foo-doc-1"),
        ("a version that is not there", "foo=2 docs", "docs-1 foo-2"),
        ("with its own dependencies and companions", "lib extra", "extra-1 extra-lib-1 extra-two-1 helper-1 lib-1"),
        ("by what is provided", "cmd:app gui", "app-1 app-gui-1 gui-1 lib-1"),
        ("not beside something", "neat", "neat-1 neat-plain-1"),
        ("beside something", "neat mess", "mess-1 neat-1"),
        ("what cannot be installed stays away", "sad", "sad-1"),
        ("a conflict keeps it away, not what is there", "mean", "mean-1 victim-1"),
        ("before what is ambiguous is chosen", "desk rc", "desk-1 desk-rc-1 kit-login-1 rc-1"),
        ("the best version that can be installed", "many", "many-1 many-more-2"),
    ])
    func companions(what: String, world: String, expected: String) throws {
        let packages = """
            app 1 D:lib p:cmd:app=1
            lib 1
            foo 1
            foo 2
            both 1 i:app,foo=2
            foo-doc 1 i:foo=1,docs
            docs 1
            extra 1
            extra-lib 1 i:lib,extra D:helper
            helper 1
            extra-two 1 i:helper,extra
            gui 1
            app-gui 1 i:cmd:app,gui
            neat 1
            mess 1
            neat-plain 1 i:neat,!mess
            sad 1
            sad-more 1 i:sad D:missing
            mean 1 D:victim
            victim 1
            mean-more 1 i:mean D:!victim
            desk 1 D:kit
            rc 1
            desk-rc 1 i:desk=1,rc D:kit-login
            kit 1
            kit-login 1 p:kit=1
            many 1
            many-more 3 i:many D:missing
            many-more 2 i:many
            many-more 1 i:many
            """
        #expect(try chosen(world, from: packages) == expected, "\(what)")
    }

    @Test(arguments: [
        ("untagged", "a", "b-2 a-2"),
        ("tagged", "a@edge", "b-2 a-3"),
        ("its dependencies only if nothing else has them", "c@edge", "b-2 a-3 c-3"),
        ("not for others", "a", "b-2 a-2"),
        ("with a constraint", "a@edge<3.1", "b-2 a-3"),
        ("beside what others need", "d c@edge", "d-1 b-2 a-3 c-3"),
        ("the same version", "same@edge", "same-1"),
        ("deep down", "far@edge", "deep-1 mid-1 far-1"),
    ])
    func tags(what: String, world: String, expected: String) throws {
        let main = try PackageSource("a 2 D:b\nb 2\nd 1\nsame 1\nmid 1 D:deep")
        let edge = try PackageSource("a 3 D:b\nb 3\nc 3 D:a>=3\nsame 1\nfar 1 D:mid\ndeep 1", name: "edge", tag: "edge")
        #expect(try chosen(world, from: main, edge) == expected.split(separator: " ").map { String($0) }, "\(what)")
        if world == "same@edge" {
            let solver = PackageSolver(sources: [main, edge], architecture: "x86_64")
            #expect(try solver.solve([Dependency(world)]).map(\.source) == [1])
        }
    }

    @Test(arguments: [
        ("lower version", "a", "a-1"), ("not against a constraint", "a>1", "a-2"), ("what it provides", "x", "p-1"),
        ("against the package of that name", "named", "p-1"), ("for dependencies", "user", "a-1 user-1"), ("what it has not", "b", "b-1"),
    ])
    func preferredSource(what: String, world: String, expected: String) throws {
        let main = try PackageSource("a 2\nb 1\nq 9 p:x k:100\nnamed 3\nuser 1 D:a")
        let fresh = try PackageSource("a 1\np 1 p:x,named", name: "fresh", isPreferred: true)
        #expect(try chosen(world, from: main, fresh).joined(separator: " ") == expected, "\(what)")
    }

    @Test func sourcesInOrder() throws {
        let sources = [try PackageSource("a 1\nb 1"), try PackageSource("a 1\nb 2", name: "second")]
        let resolved = try PackageSolver(sources: sources, architecture: "x86_64").solve([Dependency(name: "a"), Dependency(name: "b")])
        #expect(resolved.map(\.source) == [0, 1])
    }

    @Test func dependenciesComeFirstAndReasonsAreGiven() throws {
        let source = try PackageSource(
            "app 1 D:so:libz.so.1,cmd:tool\nzlib 1.3 p:so:libz.so.1=1\ntool 2 p:cmd:tool=2 D:zlib\ndoc 1 i:app=1,tool")
        let resolved = try PackageSolver(sources: [source], architecture: "x86_64").solve([Dependency("app>0")])
        #expect(
            resolved.map { "\($0.record.name): \($0.reason)" } == [
                "zlib: app-1 needs so:libz.so.1", "tool: app-1 needs cmd:tool", "app: the environment asks for app>0",
                "doc: app=1 and tool are there",
            ])
    }

    @Test func theOrderOfPackagesMakesNoDifference() throws {
        let lines = ["a 1 D:b,x", "b 1 D:c", "c 1 D:a", "p 1 p:x", "q 1 p:x", "r 1 i:a,b", "b 2 D:missing"]
        let first = try chosen("a", from: PackageSource(lines.joined(separator: "\n")))
        #expect(first == ["c-1", "b-1", "p-1", "a-1", "r-1"])
        for shift in 1..<lines.count {
            let shifted = (lines[shift...] + lines[..<shift]).joined(separator: "\n")
            #expect(try chosen("a", from: PackageSource(shifted)) == first)
        }
    }
}
