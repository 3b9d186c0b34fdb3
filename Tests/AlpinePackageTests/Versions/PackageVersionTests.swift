import Testing

@testable import AlpinePackage

@Suite struct PackageVersionTests {
    /// Each is later than all before it: more than a thousand pairs.
    static let chain = [
        "0", "0-r0", "0.0", "0.00", "0.001", "0.0015", "0.002", "0.01", "0.010", "0.011", "0.09", "0.1_pre20061029", "0.1", "0.9", "0.10",
        "0.100", "1_rc1", "1", "1.0_alpha_pre2", "1.0_alpha", "1.0_alpha-r1", "1.0_alpha1", "1.0_alpha2", "1.0_alpha10", "1.0_beta",
        "1.0_beta1-r3", "1.0_pre", "1.0_pre1", "1.0_pre20191002222144-r0", "1.0_pre20210530193627-r0", "1.0_rc", "1.0_rc1", "1.0", "1.0-r0",
        "1.0-r1", "1.0-r2", "1.0-r10", "1.0~0a", "1.0~0a-r0", "1.0~0a-r1", "1.0~0b-r0", "1.0~0b0", "1.0_cvs", "1.0_svn", "1.0_git",
        "1.0_git20200101", "1.0_git20200101_p1", "1.0_hg", "1.0_p", "1.0_p0", "1.0_p1_alpha", "1.0_p1", "1.0_p1_p1", "1.0_p2", "1.0_p10-r0",
        "1.0a", "1.0a-r1", "1.0a_p1", "1.0a1", "1.0b", "1.0z", "1.0.0_rc2", "1.0.0", "1.0.0.1", "1.0.1", "1.01", "1.1_beta", "1.1", "1.1.1",
        "1.9", "1.10", "1.10a", "1.10.0", "2", "2.0", "2.25b-r5", "2.25b-r6", "9.9.9", "10", "087.1", "103", "104-r9", "104-r11", "222",
        "20040406-r1", "99999999999999999",
    ]

    @Test func chainIsInOrder() throws {
        let versions = try Self.chain.map { try #require(PackageVersion($0), "\($0)") }
        for (place, version) in versions.enumerated() {
            for later in versions[(place + 1)...] {
                #expect(version < later && !(later < version) && version != later, "\(version) comes before \(later)")
            }
        }
    }

    @Test(arguments: [
        ("1.2-r1", "1.2-r01"), ("01.2", "1.2"), ("1_p01", "1_p1"), ("1.2_rc1~0af-r3", "1.2_rc1~0af-r3"), ("1.0a01", "1.0a1"),
    ])
    func equalVersions(left: String, right: String) throws {
        let (left, right) = try (#require(PackageVersion(left)), #require(PackageVersion(right)))
        #expect(left == right && !(left < right) && !(right < left) && left.hashValue == right.hashValue)
    }

    @Test(arguments: [
        "1.2", "0.1_pre2", "0.1_pre2~1234abcd", "0.1_p1_pre2", "0.1_alpha1_pre2", "0.1_git20240101_pre1", "0.99f7-r1", "7",
        "1.2.3.4.5.6.7.8",
    ])
    func valid(text: String) { #expect(PackageVersion(text)?.description == text) }

    @Test(arguments: [
        "", "0.1bc", "0.1a.1", "0.1_pre2~", "0.1_pre2~1234xbcd", "0.1_pre2~1234abcd_pre1", "0.1_pre2-r1~1234", "0.1_foobar", "0.1_foobar1",
        "0.1-pre1.1", "0.1-r", "0.1-r2_pre1", "0.1-r2-r3", "0.1-r2.1", ".1", "a", "_pre1", "-r1", "0.1_", "0.1_-r0", "0.1__alpha",
        "0.1_1_alpha",
        "1.", "1..2", "v2.4", "5.3.0_", "1 2", "1.2\n", "１.２", "1~ABCDEF", "999999999999999999", "1.000000000000000000", "1-2", "1-",
        "1.2+3",
        String(repeating: "1.", count: 200) + "1",
    ])
    func invalid(text: String) { #expect(PackageVersion(text) == nil) }

    @Test func orderOfManyIsTheOrderOfPairs() {
        var generator = SmallGenerator(state: 7)
        let versions = (0..<2_000).compactMap { _ in PackageVersion(generator.version()) }
        #expect(versions.count == 2_000)
        let sorted = versions.sorted()
        for (left, right) in zip(sorted, sorted.dropFirst(37)) { #expect(!(right < left), "\(left) and \(right)") }
    }
}

/// Numbers that are the same in each run (xorshift).
struct SmallGenerator {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(limit))
    }

    mutating func version() -> String {
        let numbers = (0...next(below: 3)).map { _ in ["0", "00", "01", "010", "1", "9", "10"][next(below: 7)] }
        let letter = ["", "", "a", "b"][next(below: 4)]
        let suffix = ["", "", "_alpha", "_rc1", "_rc2", "_p", "_p1_pre", "_git2"][next(below: 8)]
        return numbers.joined(separator: ".") + letter + suffix + ["", "-r0", "-r1", "-r10"][next(below: 4)]
    }
}
