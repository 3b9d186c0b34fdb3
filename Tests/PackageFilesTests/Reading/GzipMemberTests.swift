import FarmModel
import HostSystem
import Testing

@testable import PackageFiles

@Suite struct GzipMemberTests {
    private let first = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    private let second = Array("another".utf8)

    private func members(_ file: [UInt8], limit: Int64 = 1 << 30, limits: GzipLimits = GzipLimits()) throws -> [(GzipMember, [UInt8])] {
        var reader = GzipMemberReader(try Descriptor.inMemory(file), name: "file", limits: limits)
        var found: [(GzipMember, [UInt8])] = []
        while try reader.begin("part \(found.count + 1)", sizeLimit: limit) {
            let bytes = try reader.readMember()
            found.append((reader.member, bytes))
        }
        return found
    }

    @Test(arguments: [1, 6, 9] as [Int32]) func membersAreReadOneByOneAndDigestedAsTheyStand(level: Int32) throws {
        let parts = [first, second, []].map { GzipMember.compressing($0, level: level) }
        let found = try members(parts.flatMap { $0 })
        #expect(found.map(\.1) == [first, second, []])
        #expect(found.map(\.0.sha1) == parts.map { SHA1.of($0) })
        #expect(found.map(\.0.sha256) == parts.map { Digest.of($0) })
        #expect(found.map(\.0.compressedSize) == parts.map { Int64($0.count) })
        #expect(found.map(\.0.size) == [300_000, 7, 0])
        #expect(try members([]).isEmpty)
    }

    @Test func theSameBytesGiveTheSameMember() {
        #expect(GzipMember.compressing(first) == GzipMember.compressing(first))
        #expect(GzipMember.compressing(second)[4..<8].allSatisfy { $0 == 0 })
    }

    @Test func tornMembersAreRefused() throws {
        let file = GzipMember.compressing(second) + GzipMember.compressing(second)
        for length in 1..<file.count where length != file.count / 2 {
            #expect(throws: FarmError.self, "\(length)") { try members(Array(file[..<length])) }
        }
        let error = #expect(throws: FarmError.self) { try members(Array(file.dropLast())) }
        #expect(error?.message == "file: its part 2 is damaged (it ends too early); get the file anew")
    }

    @Test func whatIsNoMemberIsRefused() throws {
        for bytes in [[0], Array("PK\u{3}\u{4}".utf8), [0x1F, 0x8B, 9, 0], [UInt8](repeating: 0, count: 512)] {
            #expect(throws: FarmError.self) { try members(bytes) }
            #expect(throws: FarmError.self) { try members(GzipMember.compressing(second) + bytes) }
        }
    }

    @Test func membersThatGrowTooMuchAreRefused() throws {
        let bomb = GzipMember.compressing([UInt8](repeating: 0, count: 4 << 20))
        #expect(try members(bomb).count == 1)
        #expect(throws: FarmError.self) { try members(bomb, limit: 4 << 20 - 1) }
        let error = #expect(throws: FarmError.self) { try members(bomb, limits: GzipLimits(ratio: 200, freeSize: 1 << 20)) }
        #expect(error?.message.contains("more than 200 times") == true)
    }
}
