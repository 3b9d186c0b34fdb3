import BuildGraph
import FarmModel

@testable import Archives
@testable import Documents
@testable import Fetching
@testable import HostSystem

/// The rules that let a path in, each line of the input being one, and the globs, each line being a pattern for the next.
///
/// What a rule accepts stays, by its bytes, beneath the folder it is opened from.
enum PathTarget {
    static func check(_ input: Input) -> CInt {
        var input = input
        let lines = input.lines(atMost: 8)
        for line in lines {
            checkText(line)
            checkRules(line)
            checkArchive(line)
        }
        for (pattern, path) in zip(lines, lines.dropFirst()) { checkGlobs(pattern, path) }
        return 0
    }

    private static func checkText(_ path: String) {
        let parent = PathText.parent(of: path)
        let last = PathText.lastPart(of: path)
        expect(!last.utf8.contains(Bytes.slash), "the last name has a slash: \(path)")
        expect(Bytes.names(PathText.joined(parent, last)) == Bytes.names(path), "a path is more than its parent and its last name: \(path)")
    }

    private static func checkRules(_ path: String) {
        if TreeEntry.isSafe(path) { expect(Bytes.isBeneath(path), "an entry leaves its tree: \(path)") }
        if TextRule.name.accepts(path) { expect(Bytes.isBeneath(path), "a name leaves its folder: \(path)") }
        let fields = DocumentNode(
            .mapping([DocumentMember(key: "path", position: .start, value: DocumentNode(.string, text: path, at: .start))]), at: .start)
        var reader = NodeReader(file: "f", base: nil, allowsLocalPaths: false)
        if let relative = reader.relativePath(fields, "path") {
            expect(Bytes.isBeneath(relative) && Bytes.names(relative) == realNames(path), "a path becomes another: \(path)")
        }
        if let node = fields["path"] {
            if let glob = reader.glob(node, "path") { expect(Bytes.isBeneath(glob), "a glob leaves its folder: \(path)") }
            if let absolute = reader.absolutePath(node, "path") {
                expect(
                    absolute.utf8.first == Bytes.slash && Bytes.isBeneath(String(decoding: absolute.utf8.dropFirst(), as: UTF8.self))
                        && Bytes.names(absolute) == realNames(path), "a path becomes another: \(path)")
            }
        }
    }

    private static func checkArchive(_ path: String) {
        for strip in 0...1 {
            guard !path.utf8.contains(0), let entry = try? EntryPath(path, strip: strip, UnpackLimits()) else { continue }
            expect(Bytes.isBeneath(entry.text), "an archive's entry leaves its folder: \(path)")
            expect(Bytes.names(entry.text) == Array(realNames(path).dropFirst(strip)), "an archive's entry becomes another: \(path)")
            expect(entry.names.allSatisfy { !$0.utf8.contains(Bytes.slash) }, "a name with a slash: \(path)")
        }
    }

    private static func realNames(_ path: String) -> [[UInt8]] { Bytes.names(path).filter { $0 != Array(".".utf8) } }

    private static func checkGlobs(_ pattern: String, _ text: String) {
        guard pattern.utf8.count <= 40, text.utf8.count <= 40 else { return }
        _ = BuildGraph.Glob(pattern).matches(text)
        _ = IgnoreRules(pattern).ignores(text, isFolder: false)
        let glob = Fetching.Glob(pattern)
        // Without special characters a pattern fits just itself.
        if pattern.unicodeScalars.allSatisfy({ !"*?[]\\".unicodeScalars.contains($0) }) {
            expect(BuildGraph.Glob(pattern).matches(text) == Bytes.areEqual(pattern, text), "a plain pattern: \(pattern) \(text)")
            expect(glob.matches(text) == (Bytes.names(text) == realNames(pattern)), "a plain glob: \(pattern) \(text)")
        }
        // What lies beneath a match is taken; what lies above it may lead to it.
        if glob.matches(text), Bytes.isBeneath(text) {
            let folders = Bytes.names(text).dropLast().map { String(decoding: $0, as: UTF8.self) }
            for count in folders.indices {
                let folder = folders[...count].joined(separator: "/")
                let relation = glob.relation(to: PathNames(folder))
                expect(relation.leadsToMatch || relation.isMatch || relation.isBeneathMatch, "no way to a match: \(pattern) \(text)")
            }
        }
    }
}
