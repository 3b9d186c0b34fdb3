internal import AlpinePackage
internal import FarmModel

/// What the names of packages may be: they become names of files and words of lists.
enum PackageIdentity {
    /// Files of packages have temporary names too, which are a little longer.
    private static let nameLimit = 220

    /// Checks what a document says of a package.
    /// - Throws: `badInput`, naming what is wrong.
    static func check(_ body: PackageBody) throws(FarmError) {
        guard isName(body.name), body.fileName.utf8.count <= nameLimit else {
            throw fault("\(shown(body.name)) is no package name; use letters, digits, and . _ + - after the first, not too many")
        }
        guard PackageVersion(body.version) != nil, isWord(body.version) else {
            throw fault("\(shown(body.version)) of \(body.name) is no version of apk; write it like 1.2.3-r0")
        }
        let isArchitecture =
            !body.architecture.isEmpty && body.architecture.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") }
        guard isArchitecture, body.architecture.utf8.count <= 32 else {
            throw fault("\(shown(body.architecture)) of \(body.name) is no architecture; write it like x86_64")
        }
        guard isPath(body.folder) else { throw fault("\(shown(body.folder)) of \(body.name) is no folder beneath the outputs") }
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isASCIILetterOrDigit || first == UInt8(ascii: "_") else { return false }
        return text.utf8.allSatisfy { $0.isASCIILetterOrDigit || "._+-".utf8.contains($0) }
    }

    private static func isWord(_ text: String) -> Bool { text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") } }

    private static func isPath(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return !path.utf8.contains(0) && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    private static func shown(_ text: String) -> String { JSONValue.string(String(text.prefix(100))).text }

    private static func fault(_ message: String) -> FarmError { FarmError(.badInput, message) }
}
