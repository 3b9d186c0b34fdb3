/// Paths as the kernel reads them: byte by byte.
///
/// Swift compares texts by characters, and what is a slash and a combining mark to the kernel is one character, and no slash, to Swift. So
/// whoever judges a path must not use `split`, `hasPrefix` or `contains` on it as text.
extension StringProtocol {
    /// Whether the path starts at the root.
    public var isAbsolutePath: Bool { utf8.first == UInt8(ascii: "/") }

    /// What stands between the slashes, in order.
    public func pathNames(omittingEmpty: Bool = true) -> [Substring] {
        Substring(self).utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: omittingEmpty).map { Substring($0) }
    }

    /// Whether the path is relative, and made of names only: none empty, `.` or `..`.
    public var hasOnlyPathNames: Bool {
        var name = NameShape()
        for byte in utf8 {
            if byte != UInt8(ascii: "/") {
                name.add(byte)
            } else if name.isReal {
                name = NameShape()
            } else {
                return false
            }
        }
        return name.isReal
    }

    /// The text with an `x` for each byte beyond ASCII: for rules about characters of ASCII, none of which is hidden by a mark then.
    public var asciiShape: String { String(decoding: utf8.map { $0 < 0x80 ? $0 : UInt8(ascii: "x") }, as: UTF8.self) }
}

/// How much of a name in a path has been seen, and how much of it is dots.
private struct NameShape {
    private var length = 0
    private var dots = 0

    /// False for nothing, `.` and `..`.
    var isReal: Bool { length > min(dots, 2) }

    mutating func add(_ byte: UInt8) {
        length += 1
        if byte == UInt8(ascii: ".") { dots += 1 }
    }
}
