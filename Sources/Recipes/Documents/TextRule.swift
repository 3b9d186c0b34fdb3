/// What a string must look like, and how a message says so.
struct TextRule: Sendable {
    /// Completes the sentence "expected …".
    let expectation: String
    /// In bytes.
    let limit: Int
    /// The rule itself.
    let accepts: @Sendable (String) -> Bool

    init(_ expectation: String, limit: Int, _ accepts: @escaping @Sendable (String) -> Bool) {
        self.expectation = expectation
        self.limit = limit
        self.accepts = accepts
    }
}

extension TextRule {
    /// The name of a job: a path of names, each of which is a good file name.
    static let name = TextRule(
        "a name of letters, digits and . _ + - @ / that starts with a letter or digit, without empty, \".\" or \"..\" parts",
        limit: DocumentLimits.nameBytes
    ) { text in
        text.startsAlphanumeric && text.utf8.allSatisfy { $0.isAlphanumeric || "._+/@-".utf8.contains($0) } && text.hasOnlyNames
    }

    /// The name of a phase, secret or cache.
    static let identifier = TextRule("a name of letters, digits and . _ - that starts with a letter or digit", limit: 64) { text in
        text.startsAlphanumeric && text.utf8.allSatisfy { $0.isAlphanumeric || "._-".utf8.contains($0) }
    }

    /// The name of an environment variable.
    static let variable = TextRule("a name of letters, digits and _ that does not start with a digit", limit: 128) { text in
        guard let first = text.utf8.first, !first.isDigit else { return false }
        return text.utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
    }

    /// An axis of a matrix.
    static let axis = TextRule("an axis name of lower-case letters, digits and _ that starts with a letter", limit: 64) { text in
        guard let first = text.utf8.first, first.isLowercase else { return false }
        return text.utf8.allSatisfy { $0.isLowercase || $0.isDigit || $0 == UInt8(ascii: "_") }
    }

    /// A value of a matrix: harmless in names, paths and scripts.
    static let cell = TextRule("letters, digits and . _ + - that start with a letter or digit", limit: 100) { text in
        text.startsAlphanumeric && text.utf8.allSatisfy { $0.isAlphanumeric || "._+-".utf8.contains($0) }
    }

    /// `key` or `key=value`.
    static let label = TextRule("key or key=value of letters, digits and . _ / + -", limit: DocumentLimits.nameBytes) { text in
        let parts = text.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        return text.startsAlphanumeric && parts.allSatisfy { part in part.allSatisfy { $0.isAlphanumeric || "._/+-".utf8.contains($0) } }
    }

    /// Visible text on one line.
    static let line = TextRule("1 to 200 characters on one line", limit: DocumentLimits.nameBytes) { text in
        !text.isEmpty && text.utf8.allSatisfy { !$0.isControl }
    }

    /// A path or glob without control characters.
    static let path = TextRule("a path without control characters", limit: DocumentLimits.pathBytes) { text in
        !text.isEmpty && text.utf8.allSatisfy { !$0.isControl }
    }

    /// The reference of an OCI image.
    static let image = TextRule("an image reference such as docker.io/library/debian:12", limit: 500) { text in
        text.startsAlphanumeric && text.utf8.allSatisfy { $0.isAlphanumeric || "._/:@+-".utf8.contains($0) }
    }
}

extension String {
    fileprivate var startsAlphanumeric: Bool { utf8.first?.isAlphanumeric ?? false }

    /// Whether no part between slashes is empty, `.` or `..`.
    fileprivate var hasOnlyNames: Bool {
        var length = 0
        var onlyDots = true
        for byte in utf8 {
            if byte == UInt8(ascii: "/") {
                guard length > 0, !(onlyDots && length <= 2) else { return false }
                length = 0
                onlyDots = true
            } else {
                length += 1
                onlyDots = onlyDots && byte == UInt8(ascii: ".")
            }
        }
        return length > 0 && !(onlyDots && length <= 2)
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isLowercase: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    var isAlphanumeric: Bool { isDigit || isLowercase || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    var isControl: Bool { self < 32 || self == 127 }
}
