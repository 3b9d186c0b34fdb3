import FarmModel
import Testing

@Suite struct TarHeaderTests {
    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }

    private let digest = Digest.of([])

    @Test func aShortNameNeedsOneBlock() {
        let header = TarHeader(path: "bin/hello", mode: 0o755, seconds: 315_532_800, content: .file(size: 21, digest: digest)).bytes
        #expect(header.count == 512)
        #expect(text(header[0..<100]) == "bin/hello" && text(header[100..<108]) == "0000755" && text(header[124..<136]) == "00000000025")
        #expect(text(header[257..<263]) == "ustar" && header[156] == UInt8(ascii: "0"))
        var blank = header
        for index in 148..<156 { blank[index] = 32 }
        #expect(Int(text(header[148..<155]), radix: 8) == blank.reduce(0) { $0 + Int($1) })
    }

    @Test func namesOfTwoPartsNeedNoExtension() {
        let name = String(repeating: "a", count: 150) + "/" + String(repeating: "b", count: 100)
        let header = TarHeader(path: name, mode: 0o644, seconds: 0, content: .file(size: 0, digest: digest)).bytes
        #expect(header.count == 512)
        #expect(text(header[0..<100]).utf8.count == 100 && text(header[345..<500]) == String(repeating: "a", count: 150))
    }

    @Test(arguments: [String(repeating: "x", count: 101), "größe", String(repeating: "d/", count: 200) + "f"])
    func otherNamesHaveAnExtension(_ name: String) {
        let header = TarHeader(path: name, mode: 0o644, seconds: 0, content: .file(size: 0, digest: digest)).bytes
        #expect(header[156] == UInt8(ascii: "x") && header.count % 512 == 0)
        #expect(text(header[512...]).contains(" path=\(name)\n"))
    }

    @Test func largeFilesHaveTheirSizeInAnExtension() {
        let size: Int64 = 9 << 30
        let header = TarHeader(path: "big", mode: 0o644, seconds: 0, content: .file(size: size, digest: digest)).bytes
        #expect(text(header[512...]) == "19 size=\(size)\n")
        #expect(TarHeader.padding(after: size) == 0 && TarHeader.padding(after: 1) == 511)
    }

    @Test func longLinksHaveTheirTargetInAnExtension() {
        let target = String(repeating: "t", count: 200)
        let header = TarHeader(path: "link", mode: 0o777, seconds: 0, content: .link(target: target)).bytes
        #expect(text(header[512...]) == "214 linkpath=\(target)\n")
        #expect(header[header.count - 512 + 156] == UInt8(ascii: "2"))
    }
}
