/// apk's constraint language as text.
enum DependencyText {
    private static let operators: Set<UInt8> = [0x3C, 0x3D, 0x3E, 0x7E, 0x40]

    /// Whether this can be a name: others would change the meaning of the list that it stands in.
    static func isName(_ text: some StringProtocol) -> Bool {
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !operators.contains($0) }
        return isPlain && !text.isEmpty && text.utf8.count <= 255 && text.utf8.first != UInt8(ascii: "!")
    }

    /// What stands before the comparison: `so:libz.so.1` of `so:libz.so.1=1`.
    static func name(of dependency: some StringProtocol) -> String {
        let rest = dependency.drop { $0 == "!" || $0 == " " }
        return String(decoding: rest.utf8.prefix { !operators.contains($0) && $0 > 0x20 }, as: UTF8.self)
    }
}
