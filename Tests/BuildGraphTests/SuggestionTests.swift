import Testing

@testable import BuildGraph

@Suite struct SuggestionTests {
    static let names = ["zlib", "libpng", "libarchive", "jq", "oniguruma", "größe"]

    @Test(arguments: [
        ("zilb", "zlib"), ("zlb", "zlib"), ("zlibb", "zlib"), ("xlib", "zlib"), ("ZLIB", "zlib"), ("libarchvie", "libarchive"),
        ("libarhive2", "libarchive"), ("qj", "jq"), ("j", "jq"), ("oniguruam", "oniguruma"), ("grösse", "größe"),
        ("", nil), ("openssl", nil), ("bzip", nil), ("zz", nil),
    ])
    func table(name: String, expected: String?) {
        #expect(suggestion(for: name, among: Self.names) == expected)
    }

    @Test func nearestWinsAndThenTheFirst() {
        #expect(suggestion(for: "abcd", among: ["abxy", "abcx", "abcy"]) == "abcx")
        #expect(suggestion(for: "abcd", among: ["abcd", "abce"]) == "abce")
        #expect(suggestion(for: "abcd", among: ["abce", "ABCD"]) == "ABCD")
    }

    @Test func longNamesGetNone() {
        let long = String(repeating: "a", count: 100_000)
        #expect(suggestion(for: long, among: [long + "b"]) == nil)
        #expect(suggestion(for: "abc", among: [long]) == nil)
    }

    @Test func limitAndDistanceAgreeWithTheWholeTable() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<5_000 {
            let (name, other) = (word(&generator), word(&generator))
            guard name != other else { continue }
            let expected = distance(Array(name), Array(other)) <= 1 + name.count / 4
            #expect((suggestion(for: name, among: [other]) != nil) == expected, "\(name) and \(other)")
        }
    }

    private func word(_ generator: inout SeededGenerator) -> String {
        String((0..<Int.random(in: 0...10, using: &generator)).map { _ in "abc".randomElement(using: &generator) ?? "a" })
    }

    /// Optimal string alignment by its definition, over the whole table.
    private func distance(_ source: [Character], _ target: [Character]) -> Int {
        var table = (0...source.count).map { row in (0...target.count).map { row == 0 ? $0 : $0 == 0 ? row : 0 } }
        for row in 1..<(source.count + 1) {
            for column in 1..<(target.count + 1) {
                let change = source[row - 1] == target[column - 1] ? 0 : 1
                var best = min(table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + change)
                if row > 1, column > 1, source[row - 1] == target[column - 2], source[row - 2] == target[column - 1] {
                    best = min(best, table[row - 2][column - 2] + 1)
                }
                table[row][column] = best
            }
        }
        return table[source.count][target.count]
    }
}
