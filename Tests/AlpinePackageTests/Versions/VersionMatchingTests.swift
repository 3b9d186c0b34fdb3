import Testing

@testable import AlpinePackage

@Suite struct VersionMatchingTests {
    @Test(arguments: [
        ("1.2", "=", "1.2"), ("1.2-r0", "=", "1.2-r0"), ("1.2-r00", "=", "1.2-r0"), ("1.2", "<", "1.3"), ("1.2_rc1", "<", "1.2"),
        ("1.2", "<=", "1.2"), ("1.1", "<=", "1.2"), ("1.10", ">", "1.9"), ("1.2-r1", ">", "1.2"), ("1.2", ">=", "1.2"), ("2", ">=", "1.2"),
        ("3.6.0", "~", "3.6"), ("3.6.9", "~", "3.6"), ("3.6", "~", "3.6"), ("3.6_pre1", "~", "3.6"), ("3.6.0_pre1", "~", "3.6"),
        ("3.6.9_p1", "~", "3.6"), ("3.6.0-r7", "~", "3.6.0"), ("3.6-r1", "~", "3.6-r1"), ("3.6a", "~", "3.6"),
        ("3.6~abc-r1", "~", "3.6~abc"),
        ("3.5", "<~", "3.6"), ("3.6.4", "<~", "3.6"), ("3.7", ">~", "3.6"), ("3.6.1", ">~", "3.6"), ("3.6_rc1", ">~", "3.6"),
    ])
    func content(version: String, comparison: String, other: String) throws { #expect(try matches(version, comparison, other)) }

    @Test(arguments: [
        ("1.2-r0", "=", "1.2"), ("1.2", "=", "1.2.0"), ("1.2", "<", "1.2"), ("1.3", "<", "1.2"), ("1.2-r0", "<=", "1.2"),
        ("1.2", ">", "1.2"),
        ("1.2_pre", ">", "1.2"), ("1.2_pre", ">=", "1.2"), ("3.6.0", "~", "3.8"), ("3.8", "~", "3.8.1"), ("3.8.0", "~", "3.8.1"),
        ("3.8.0.1", "~", "3.8.1"), ("36", "~", "3"), ("3.60", "~", "3.6"), ("3.6-r1", "~", "3.6-r2"), ("3.6~abd", "~", "3.6~abc"),
        ("3.6_pre1", "~", "3.8"), ("3.7", "<~", "3.6"), ("3.5.9", ">~", "3.6"),
    ])
    func notContent(version: String, comparison: String, other: String) throws { #expect(try !matches(version, comparison, other)) }

    private func matches(_ version: String, _ comparison: String, _ other: String) throws -> Bool {
        try #require(PackageVersion(version)).matches(
            #require(Dependency.Comparison(rawValue: comparison)), #require(PackageVersion(other)))
    }
}
