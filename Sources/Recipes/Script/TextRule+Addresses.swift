import Documents
import FarmModel

extension TextRule {
    private static let referenceDelimiters: ByteSet = " ~^:?*[\\"
    private static let hexadecimal: ByteSet = "0123456789abcdef"

    /// A file by `http` or `https`.
    static let url = TextRule("an http: or https: URL without spaces", limit: DocumentLimits.pathBytes) { text in
        let text = text.asciiShape
        guard text.isPlainAddress, let rest = text.remainder(afterScheme: ["https", "http"]) else { return false }
        return rest.hasHost
    }

    /// A Git repository: nothing that git would take for an option or a remote helper.
    static let repository = TextRule(
        "a repository as https:, ssh:, git: or file: URL, or as user@host:path", limit: DocumentLimits.pathBytes
    ) { text in
        let text = text.asciiShape
        guard text.isPlainAddress, !text.hasPrefix("-") else { return false }
        if let rest = text.remainder(afterScheme: ["file"]) { return rest.hasPrefix("/") }
        if let rest = text.remainder(afterScheme: ["https", "ssh", "git"]) {
            return rest.hasHost && !rest.authority.hasPrefix("-")
        }
        return !text.contains("://") && text.isRemotePath
    }

    /// A branch or tag by the rules of `git check-ref-format --allow-onelevel`, which is never an option.
    static let reference = TextRule("a branch or tag as git allows them", limit: 250) { text in
        let text = text.asciiShape
        guard !text.isEmpty, !text.hasPrefix("-"), !text.hasSuffix("."), text != "@", !text.contains("@{"), !text.contains(".."),
            !text.holdsControls, !text.utf8.contains(where: referenceDelimiters.contains)
        else { return false }
        return text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".") && !part.hasSuffix(".lock")
        }
    }

    /// A full commit: SHA-1 or SHA-256.
    static let commit = TextRule("a full commit of 40 or 64 hexadecimal digits", limit: 64) { text in
        [40, 64].contains(text.utf8.count) && text.consists(of: hexadecimal)
    }
}

extension String {
    /// Whether a URL carries a password, or a user where only a token can be meant: such a text is never repeated in a message.
    var carriesPassword: Bool {
        let text = asciiShape
        guard let scheme = text.firstIndex(of: ":"), text[scheme...].hasPrefix("://") else { return false }
        let rest = text[text.index(scheme, offsetBy: 3)...]
        return rest.userInfo.contains(":") || (text.hasPrefix("http") && !rest.userInfo.isEmpty)
    }
}

extension StringProtocol {
    fileprivate var isPlainAddress: Bool { !isEmpty && utf8.allSatisfy { $0 > 32 && $0 != 127 } }

    fileprivate func remainder(afterScheme schemes: [String]) -> SubSequence? {
        for scheme in schemes where hasPrefix(scheme + "://") { return dropFirst(scheme.count + 3) }
        return nil
    }

    fileprivate var authority: SubSequence { prefix { !"/?#".contains($0) } }

    fileprivate var userInfo: SubSequence {
        guard let at = authority.lastIndex(of: "@") else { return prefix(0) }
        return authority[..<at]
    }

    fileprivate var hasHost: Bool {
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return host.starts(in: .alphanumeric + "[")
    }

    /// `user@host:path`; `::` would name a remote helper.
    fileprivate var isRemotePath: Bool {
        guard let colon = firstIndex(of: ":"), let at = firstIndex(of: "@"), at < colon else { return false }
        let user = self[..<at]
        let host = self[index(after: at)..<colon]
        let path = self[index(after: colon)...]
        return user.isAddressPart && host.isAddressPart && !path.isEmpty && !path.hasPrefix(":") && !path.hasPrefix("-")
    }

    fileprivate var isAddressPart: Bool { starts(in: .alphanumeric) && consists(of: .alphanumeric + "._-") }
}
