import Testing

@testable import FarmServer

@Suite struct ByteRangeTests {
    @Test(
        arguments: [
            ("bytes=0-0", 0..<1), ("bytes=0-4", 0..<5), ("bytes=5-", 5..<10), ("bytes=9-", 9..<10), ("bytes=-3", 7..<10),
            ("bytes=-99", 0..<10),
            ("bytes=3-99", 3..<10), ("BYTES=3-3", 3..<4), ("bytes= 3-3", 3..<4), ("bytes=0-99999999999999999999999", 0..<10),
            ("bytes=-99999999999999999999999", 0..<10),
        ] as [(String, Range<Int64>)])
    func part(_ field: String, _ range: Range<Int64>) {
        #expect(ByteRange(field, size: 10) == .part(range))
    }

    @Test(arguments: [
        "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=1-2,4-5", "bytes=0-1-2", "lines=0-1", "bytes=+1-2",
        "bytes=1- 2x",
        "bytes=0x1-2", "bytes=٣-٤", "=0-1",
    ])
    func whole(_ field: String) {
        #expect(ByteRange(field, size: 10) == .whole)
    }

    @Test(arguments: ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999999-"])
    func unsatisfiable(_ field: String) {
        #expect(ByteRange(field, size: 10) == .unsatisfiable)
    }

    @Test func ofNothing() {
        #expect(ByteRange(nil, size: 0) == .whole)
        #expect(ByteRange("bytes=0-", size: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-5", size: 0) == .unsatisfiable)
    }
}
