/// Hides passwords and tokens of URLs.
package enum CredentialMask {
    /// The text with `***` for the secret part of every URL in it: the password, or the user where there is no password and the scheme is not
    /// one that needs a user name to log in.
    package static func masked(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let separator = rest.firstRange(of: "://") {
            let scheme = rest[..<separator.lowerBound]
            result += rest[..<separator.upperBound]
            rest = rest[separator.upperBound...]
            let authority = rest.prefix { !"/?# \t'\"<>".contains($0) }
            guard let at = authority.lastIndex(of: "@") else { continue }
            let user = authority[..<at]
            if let colon = user.firstIndex(of: ":") {
                result += "\(user[..<colon]):***"
            } else {
                result += scheme.hasSuffix("ssh") ? user : "***"
            }
            rest = rest[at...]
        }
        return result + rest
    }
}
