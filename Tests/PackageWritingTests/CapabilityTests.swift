import FarmModel
import HostSystem
import PackageFiles
import TestSupport
import Testing

@testable import PackageWriting

@Suite struct CapabilityTests {
    private let place: TemporaryFolder

    init() throws { place = try TemporaryFolder() }

    private func capabilities(_ path: String, _ name: String = "cap_net_raw") throws -> FileCapabilities {
        var capabilities = FileCapabilities(path: path)
        capabilities.permitted = try #require(CapabilitySet(names: [name]))
        return capabilities
    }

    private func scanned(_ capabilities: [FileCapabilities]) throws -> ScannedPackage {
        let package = TestPackage().file("usr/bin/a", "x", mode: 0o755).link("usr/bin/link", "a").with { $0.capabilities = capabilities }
        return try package.scanned(in: place)
    }

    @Test func filesAreFound() throws {
        let wanted = [try capabilities("usr/bin/a")]
        #expect(try scanned(wanted).capabilities() == wanted)
    }

    @Test func mostPackagesHaveNone() throws {
        #expect(try scanned([]).capabilities().isEmpty)
    }

    @Test func whatIsSaidOfOtherNamesIsSaidOfTheFirst() throws {
        try place.write("content\n", to: "hello/usr/bin/a", mode: 0o755)
        _ = try place.python("import os; os.link('hello/usr/bin/a', 'hello/usr/bin/b')")
        var body = TestPackage().body
        body.capabilities = [try capabilities("usr/bin/a"), try capabilities("usr/bin/b", "cap_kill")]
        let package = try ScannedPackage(body, try PackageTree(reading: try place.open("hello")))
        var both = try capabilities("usr/bin/a")
        both.formUnion(try capabilities("usr/bin/a", "cap_kill"))
        #expect(try package.capabilities() == [both])
    }

    /// Bytes that the setcap of libcap writes, read by getfattr.
    @Test(arguments: [
        (["cap_net_bind_service"], [], true, "0100000200040000000000000000000000000000"),
        (["cap_net_admin", "cap_net_raw"], ["cap_net_admin", "cap_net_raw"], true, "0100000200300000003000000000000000000000"),
        (["cap_bpf"], ["cap_chown", "cap_perfmon"], false, "0000000200000000010000008000000040000000"),
    ])
    func attributesAreThoseOfLinux(_ permitted: [String], _ inheritable: [String], _ isEffective: Bool, _ hexadecimal: String) throws {
        var capabilities = FileCapabilities(path: "x")
        capabilities.permitted = try #require(CapabilitySet(names: permitted))
        capabilities.inheritable = try #require(CapabilitySet(names: inheritable))
        capabilities.isEffective = isEffective
        #expect(capabilities.attribute.name == "security.capability")
        #expect(Hexadecimal.text(of: capabilities.attribute.value) == hexadecimal)
    }

    @Test func packagesHaveThem() throws {
        try place.write("content\n", to: "out/hello/usr/bin/a", mode: 0o755)
        try place.write("content\n", to: "out/hello/usr/bin/c", mode: 0o755)
        _ = try place.python("import os; os.link('out/hello/usr/bin/a', 'out/hello/usr/bin/b')")
        var body = TestPackage().body
        body.capabilities = [try capabilities("usr/bin/b")]
        _ = try PackageAssembly(outputs: place("out"), repository: place("repository"), say: { _ in }).assemble([body])
        let text = try place.python(
            """
            import tarfile
            for member in tarfile.open("repository/x86_64/hello-1.2-r3.apk", "r:gz", ignore_zeros=True):
                value = member.pax_headers.get("SCHILY.xattr.security.capability")
                if value: print(member.name, value.encode("utf-8", "surrogateescape").hex())
            """)
        #expect(text == "usr/bin/a 0000000200200000000000000000000000000000\n")
    }

    @Test func aPackageWithoutTheFileIsNotMade() throws {
        try place.write("content\n", to: "out/hello/usr/bin/a", mode: 0o755)
        var body = TestPackage().body
        body.capabilities = [try capabilities("usr/bin/b")]
        let assembly = PackageAssembly(outputs: place("out"), repository: place("repository"), say: { _ in })
        let error = try #require(throws: PackageFailure.self) { try assembly.assemble([body]) }
        #expect(error.failureClass == .build)
        #expect(error.message.hasPrefix("hello-1.2-r3: setcap: \"/usr/bin/b\" is not in the package;"))
    }

    @Test(arguments: [
        ("usr/bin/b", "setcap: \"/usr/bin/b\" is not in the package; correct the path, or have the pipeline make the file"),
        ("usr/bin", "setcap: \"/usr/bin\" is a folder; name a file"),
        ("usr/bin/link", "setcap: \"/usr/bin/link\" is a symbolic link; name the file that it leads to, \"a\""),
        (
            "../hello/usr/bin/a",
            "setcap: \"/../hello/usr/bin/a\" is not in the package; correct the path, or have the pipeline make the file"
        ),
    ])
    func othersAreRefused(_ path: String, _ message: String) throws {
        let package = try scanned([try capabilities(path)])
        let error = try #require(throws: FarmError.self) { try package.capabilities() }
        #expect(error.status == .badInput && error.message == message)
    }
}
