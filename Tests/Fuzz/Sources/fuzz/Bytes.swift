/// Text as the kernel sees it: bytes, of which `/` and NUL alone mean something. The yardstick for all that judges paths.
enum Bytes {
    static let slash = UInt8(ascii: "/")

    /// The names of a path.
    static func names(_ path: String) -> [[UInt8]] { path.utf8.split(separator: slash).map { Array($0) } }

    /// Whether who opens a path from a folder, where no link is met, stays in that folder and goes only down.
    static func isBeneath(_ path: String) -> Bool {
        path.utf8.first != slash && !path.utf8.contains(0) && !names(path).contains(Array("..".utf8))
    }

    static func areEqual(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

    /// Whether `bytes` contain `part`.
    static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        guard !part.isEmpty, bytes.count >= part.count else { return part.isEmpty }
        return (0...(bytes.count - part.count)).contains { bytes[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
