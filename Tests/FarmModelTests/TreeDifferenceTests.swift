import FarmModel
import Testing

@Suite struct TreeDifferenceTests {
    private func file(_ path: String, _ text: String, mode: UInt32 = 0o644) -> TreeEntry {
        TreeEntry(path: path, mode: mode, content: .file(size: Int64(text.utf8.count), digest: Digest.of(Array(text.utf8))))
    }

    private func folder(_ path: String) -> TreeEntry { TreeEntry(path: path, mode: 0o755, content: .folder) }

    private func between(_ old: [TreeEntry], _ new: [TreeEntry]) -> [TreeDifference] {
        TreeDifference.between(TreeManifest(entries: old), TreeManifest(entries: new))
    }

    @Test func equalTreesDoNotDiffer() {
        let entries = [folder("a"), file("a/b", "x"), TreeEntry(path: "c", mode: 0, content: .link(target: "a/b"))]
        #expect(between(entries, entries.reversed()).isEmpty)
        #expect(between([], []).isEmpty)
    }

    @Test func eachKindOfDifferenceIsFoundInTheOrderOfPaths() {
        let old = [file("a", "x"), file("b", "x"), file("c", "x"), folder("d"), file("f", "x")]
        let new = [file("a", "x"), file("b", "y"), file("c", "x", mode: 0o755), file("d", ""), file("e", "x")]
        let differences = between(old, new)
        #expect(differences.map(\.path) == ["b", "c", "d", "e", "f"])
        #expect(differences.map { $0.old == nil } == [false, false, false, true, false])
        #expect(differences.map { $0.new == nil } == [false, false, false, false, true])
        #expect(differences.map(\.isModeOnly) == [false, true, false, false, false])
    }

    @Test func namesThatBeginAlikeKeepTheirPlaces() {
        let differences = between([file("a", "x"), file("a.b", "x")], [file("a", "x"), file("a/b", "x"), file("a.b", "x")])
        #expect(differences.map(\.path) == ["a/b"])
    }

    @Test func recordsAndLinesHaveBothSides() {
        let difference = between([file("b", "x")], [TreeEntry(path: "b", mode: 0, content: .link(target: "c"))])[0]
        let digest = Digest.of(Array("x".utf8))
        #expect(
            JSONValue.object(difference.json).text
                == #"{"path":"b","old":{"type":"file","mode":"644","bytes":1,"digest":"\#(digest)"},"new":{"type":"link","target":"c"}}"#)
        #expect(difference.text == "b: file 0644 1B sha256:\(digest.hex.prefix(12))… → link to c")
        #expect(between([], [folder("d")])[0].text == "d: nothing → folder 0755")
    }
}
