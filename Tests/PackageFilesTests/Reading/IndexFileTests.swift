import AlpinePackage
import FarmModel
import HostSystem
import Testing

@testable import PackageFiles

@Suite struct IndexFileTests {
    private let keys: Keyring

    init() throws {
        keys = Keyring([try PublicKey(name: "melange.rsa.pub", pem: String(decoding: Fixtures.melangeKey, as: UTF8.self))])
    }

    private func index(_ bytes: [UInt8], _ keys: Keyring?) throws -> IndexFile {
        try IndexFile(try Descriptor.inMemory(bytes), name: "APKINDEX.tar.gz", keys: keys)
    }

    @Test func aSignedIndexIsRead() throws {
        let file = try index(Fixtures.index, keys)
        #expect(file.signer?.name == "melange.rsa.pub")
        #expect(file.index.packages.map(\.name) == ["custom-ca-certs-1", "custom-ca-certs-2", "pretend-baselayout", "replayout"])
        #expect(file.index.packages.map(\.size) == [6_998, 4_548, 2_930, 2_961])
        let replayout = try #require(file.index.packages.last)
        let package = try PackageReader(try Descriptor.inMemory(Fixtures.replayout), name: "replayout")
        #expect(package.control.checksum == replayout.controlChecksum)
        try package.expect(checksum: replayout.controlChecksum)
    }

    @Test func anIndexNeedNotBeSignedIfNobodyAsks() throws {
        let bare = GzipMember.compressing(TarPieces().adding("APKINDEX", "P:a\nV:1-r0\n\n").ended.bytes)
        #expect(try index(bare, nil).index.packages.map(\.name) == ["a"])
        #expect(try index(bare, nil).signer == nil)
        let error = #expect(throws: FarmError.self) { try index(bare, keys) }
        #expect(error?.message.contains("it is not signed") == true)
    }

    /// As with packages: gzip has several forms for the same signature.
    @Test func everyChangedByteOfASignedIndexIsRefusedOrMakesNoDifference() throws {
        let packages = try index(Fixtures.index, keys).index.packages
        var harmless: [Int] = []
        for position in Fixtures.index.indices {
            var changed = Fixtures.index
            changed[position] ^= 1 << UInt8(position % 8)
            guard let found = try? index(changed, keys) else { continue }
            harmless.append(position)
            #expect(found.index.packages == packages)
            #expect(found.signer == keys.keys[0])
        }
        #expect(harmless.starts(with: 4...9))
        // The index begins at byte 650.
        #expect(harmless.allSatisfy { $0 < 650 } && harmless.count < 12, "\(harmless)")
    }

    @Test func whatIsNoIndexIsRefused() {
        let table: [([UInt8], String)] = [
            (Fixtures.index + [0], "something follows"), (Fixtures.replayout, "something follows"), ([], "empty"),
            (GzipMember.compressing(TarPieces().adding("DESCRIPTION", "x").bytes), "no APKINDEX"),
            (GzipMember.compressing(Array("P:a\n".utf8)), "middle of a block"),
        ]
        for (bytes, reason) in table {
            let error = #expect(throws: FarmError.self) { try index(bytes, nil) }
            #expect(error?.message.contains(reason) == true, "\(reason): \(error?.message ?? "")")
        }
    }
}
