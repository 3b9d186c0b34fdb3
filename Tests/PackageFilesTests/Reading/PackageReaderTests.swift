import AlpinePackage
import FarmModel
import HostSystem
import Testing

@testable import PackageFiles

@Suite struct PackageReaderTests {
    private let keys: Keyring

    init() throws {
        keys = Keyring([try PublicKey(name: "melange.rsa.pub", pem: String(decoding: Fixtures.melangeKey, as: UTF8.self))])
    }

    private func reader(_ bytes: [UInt8]) throws -> PackageReader { try PackageReader(try Descriptor.inMemory(bytes), name: "x.apk") }

    /// Everything that can be checked: signature, checksum of the control segment, all files.
    private func check(_ bytes: [UInt8], checksum: [UInt8]? = nil) throws {
        var package = try reader(bytes)
        if let checksum { try package.expect(checksum: checksum) } else { _ = try package.signer(in: keys) }
        try package.finish()
    }

    private func message(_ bytes: [UInt8], checksum: [UInt8]? = nil) -> String {
        do {
            try check(bytes, checksum: checksum)
            return "fine"
        } catch {
            return "\(error)"
        }
    }

    /// The members of a file as they stand in it.
    private func members(_ bytes: [UInt8]) throws -> [[UInt8]] {
        var reader = GzipMemberReader(try Descriptor.inMemory(bytes), name: "x", limits: GzipLimits())
        var found: [[UInt8]] = []
        var start = 0
        while try reader.begin("x", sizeLimit: 1 << 30) {
            _ = try reader.readMember()
            let end = start + Int(reader.member.compressedSize)
            found.append(Array(bytes[start..<end]))
            start = end
        }
        return found
    }

    @Test func aSignedPackageIsRead() throws {
        var package = try reader(Fixtures.replayout)
        #expect(try package.signer(in: keys).name == "melange.rsa.pub")
        #expect(package.signatures.map(\.algorithm) == [.sha256])
        #expect(ControlChecksum.text(of: package.control.checksum) == "Q11/HhSewwwOXgl0r0ffb0O0BRtYc=")
        #expect(package.record.name == "replayout")
        #expect(package.record.version == "1.0.0-r0")
        #expect(package.record.size == 2_961)
        #expect(package.record.replaces == [Dependency(name: "pretend-baselayout")])
        var paths: [String] = []
        while let entry = try package.next() {
            paths.append(entry.path)
            if entry.path == "etc/os-release" {
                #expect(entry.content == .file(size: 102))
                #expect(try package.content().count == 102)
            }
        }
        #expect(paths.prefix(3) == ["etc", "etc/os-release", "var"])
        #expect(paths.last == "var/lib/db/sbom/replayout-1.0.0-r0.spdx.json")
    }

    @Test func aPackageWithoutSignatureIsReadButNotTrusted() throws {
        var package = try reader(Fixtures.hello)
        #expect(package.signatures.isEmpty)
        #expect(try package.next()?.path == "hello")
        #expect(try package.next() == nil)
        #expect(message(Fixtures.hello) == "x.apk: it is not signed; sign it, or allow untrusted packages")
        #expect(message(Fixtures.hello, checksum: package.control.checksum) == "fine")
    }

    @Test func otherKeysAreRefused() throws {
        let same = keys.keys[0]
        let other = try PrivateKey.generate(name: "other.rsa", bits: 1_024).publicKey
        let package = try reader(Fixtures.replayout)
        let unknown = #expect(throws: FarmError.self) { try package.signer(in: Keyring([try PublicKey(name: "b.rsa.pub", pem: same.pem)])) }
        #expect(unknown?.message.contains("signed by melange.rsa.pub, which is none of the known keys") == true)
        let wrong = #expect(throws: FarmError.self) {
            try package.signer(in: Keyring([try PublicKey(name: "melange.rsa.pub", pem: other.pem)]))
        }
        #expect(wrong?.message.contains("its signature by the key melange.rsa.pub does not fit") == true)
        #expect(throws: FarmError.self) { try package.signer(in: Keyring([])) }
    }

    /// What the signature segment holds, a change is noticed in; gzip has several forms for the same content, and gives no meaning to the
    /// time, the level and the system in its header.
    @Test func everyChangedByteOfASignedPackageIsRefusedOrMakesNoDifference() throws {
        #expect(message(Fixtures.replayout) == "fine")
        let signature = try members(Fixtures.replayout)[0]
        var harmless: [Int] = []
        for index in Fixtures.replayout.indices {
            var changed = Fixtures.replayout
            changed[index] ^= 1 << UInt8(index % 8)
            let found = message(changed)
            #expect(found == "fine" || found.hasPrefix("x.apk"), "byte \(index): \(found)")
            if found == "fine" { harmless.append(index) }
            if index > signature.count + 10 { #expect(!found.contains("first segment"), "byte \(index): \(found)") }
        }
        #expect(harmless.starts(with: 4...9))
        let content = try content(of: signature)
        for index in harmless {
            try #require(index < signature.count, "byte \(index)")
            var changed = signature
            changed[index] ^= 1 << UInt8(index % 8)
            #expect(try self.content(of: changed) == content, "byte \(index)")
        }
    }

    private func content(of member: [UInt8]) throws -> [UInt8] {
        var reader = GzipMemberReader(try Descriptor.inMemory(member), name: "x", limits: GzipLimits())
        _ = try reader.begin("x", sizeLimit: 1 << 30)
        return try reader.readMember()
    }

    @Test func everyChangedByteOfAPackageIsRefusedByTheChecksumOfAnIndex() throws {
        let checksum = try reader(Fixtures.hello).control.checksum
        for index in Fixtures.hello.indices {
            var changed = Fixtures.hello
            changed[index] ^= 0x10
            #expect(message(changed, checksum: checksum) != "fine", "byte \(index)")
        }
    }

    @Test func tornAndExtendedPackagesAreRefused() throws {
        for length in stride(from: 0, to: Fixtures.replayout.count, by: 7) {
            #expect(message(Array(Fixtures.replayout[..<length])) != "fine", "\(length)")
        }
        #expect(message(Fixtures.replayout + [0]).contains("something follows its data segment"))
        #expect(message(Fixtures.replayout + GzipMember.compressing([])).contains("something follows its data segment"))
        #expect(message([]) == "x.apk: it is empty")
    }

    @Test func segmentsOfAnotherPackageAreRefused() throws {
        let parts = try members(Fixtures.replayout)
        let hello = try members(Fixtures.hello)
        #expect(message(parts[0] + hello[0] + hello[1]).contains("does not fit"))
        #expect(message(parts[0] + parts[1] + hello[1]).contains("has the datahash"))
        #expect(message(parts[0] + parts[1]).contains("no data segment"))
        #expect(message(parts[0]).contains("ends after its signature"))
        #expect(message(parts[0] + parts[0] + parts[1] + parts[2]).contains("no .PKGINFO"))
    }

    @Test func aFileOfAnotherChecksumIsNamed() throws {
        let data = TarPieces().adding(pax: [("APK-TOOLS.checksum.SHA1", String(repeating: "0", count: 40))]).adding("etc/motd", "hello")
            .ended
        let file = Self.package(data: data.bytes)
        #expect(
            message(file, checksum: try reader(file).control.checksum).contains("\"etc/motd\" has another checksum than its header says"))
        let link = TarPieces().adding(pax: [("APK-TOOLS.checksum.SHA1", String(repeating: "0", count: 40))])
            .adding("etc/link", type: "2", link: "motd").ended
        let other = Self.package(data: link.bytes)
        #expect(message(other, checksum: try reader(other).control.checksum).contains("\"etc/link\" has another checksum"))
    }

    @Test func aPackageWithoutDatahashIsRefused() {
        let information = "pkgname = a\npkgver = 1-r0\narch = noarch\n"
        let control = GzipMember.compressing(TarPieces().adding(".PKGINFO", information).bytes)
        let file = control + GzipMember.compressing(TarPieces().ended.bytes)
        #expect(message(file, checksum: []).contains("has no datahash"))
    }

    @Test func scriptsAreRead() throws {
        let scripts = [(".post-install", "#!/bin/sh\ntrue\n"), (".trigger", "#!/bin/sh\n"), (".melange.yaml", "x"), (".other", "y")]
        let package = try reader(Self.package(data: TarPieces().ended.bytes, beside: scripts))
        #expect(package.control.scripts == [.postInstall: Array(scripts[0].1.utf8), .trigger: Array(scripts[1].1.utf8)])
    }

    /// An unsigned package with a right datahash.
    private static func package(data: [UInt8], beside files: [(String, String)] = []) -> [UInt8] {
        let member = GzipMember.compressing(data)
        let information = "pkgname = a\npkgver = 1-r0\narch = noarch\nsize = 1\ndatahash = \(Digest.of(member).hex)\n"
        let control = files.reduce(TarPieces().adding(".PKGINFO", information)) { $0.adding($1.0, $1.1, mode: "0000755") }
        return GzipMember.compressing(control.bytes) + member
    }
}
