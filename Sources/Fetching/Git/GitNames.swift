internal import FarmModel

/// What may stand for a branch, a commit and a folder in a request to git.
public enum GitNames {
    /// A branch or tag by the rules of `git check-ref-format --allow-onelevel`; never an option or a pattern.
    public static func isReference(_ text: String) -> Bool {
        let forbidden = " ~^:?*[\\".utf8
        let text = text.asciiShape
        guard !text.isEmpty, text.utf8.count <= 250, text != "@", !text.hasPrefix("-"), !text.hasSuffix("."), !text.contains("@{"),
            !text.contains(".."), text.utf8.allSatisfy({ $0 > 31 && $0 != 127 && !forbidden.contains($0) })
        else { return false }
        return text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".") && !part.hasSuffix(".lock")
        }
    }

    /// A full commit: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
    public static func isCommit(_ text: String) -> Bool {
        [40, 64].contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// A relative path that stays in its folder and is nothing of git's own.
    public static func isSubfolder(_ text: String) -> Bool {
        guard text.utf8.count <= 4_096, text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else { return false }
        return text.hasOnlyPathNames && text.pathNames().allSatisfy { $0.lowercased() != ".git" }
    }
}
