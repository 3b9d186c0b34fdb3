internal import FarmModel

/// What a string must look like, and how a message says so.
package struct TextRule: Sendable {
    /// Completes the sentence "expected …".
    package let expectation: String
    /// In bytes.
    package let limit: Int
    /// The rule itself.
    package let accepts: @Sendable (String) -> Bool

    package init(_ expectation: String, limit: Int, _ accepts: @escaping @Sendable (String) -> Bool) {
        self.expectation = expectation
        self.limit = limit
        self.accepts = accepts
    }
}

extension TextRule {
    private static let nameBytes = ByteSet.alphanumeric + "._+/@-"
    private static let identifierBytes = ByteSet.alphanumeric + "._-"
    private static let variableBytes = ByteSet.alphanumeric + "_"
    private static let labelBytes = ByteSet.alphanumeric + "._/+-"

    /// The name of a job: a path of names, each of which is a good file name.
    package static let name = TextRule(
        "a name of letters, digits and . _ + - @ / that starts with a letter or digit, without empty, \".\" or \"..\" parts",
        limit: DocumentLimits.nameBytes
    ) { $0.starts(in: .alphanumeric) && $0.consists(of: nameBytes) && $0.hasOnlyPathNames }

    /// The name of a phase, secret or cache.
    package static let identifier = TextRule("a name of letters, digits and . _ - that starts with a letter or digit", limit: 64) {
        $0.starts(in: .alphanumeric) && $0.consists(of: identifierBytes)
    }

    /// The name of an environment variable.
    package static let variable = TextRule("a name of letters, digits and _ that does not start with a digit", limit: 128) {
        !$0.isEmpty && !$0.starts(in: .digits) && $0.consists(of: variableBytes)
    }

    /// `key` or `key=value`.
    package static let label = TextRule("key or key=value of letters, digits and . _ / + -", limit: DocumentLimits.nameBytes) {
        $0.starts(in: .alphanumeric)
            && $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).allSatisfy { $0.consists(of: labelBytes) }
    }

    /// Visible text on one line.
    package static let line = TextRule("1 to 200 characters on one line", limit: DocumentLimits.nameBytes) {
        !$0.isEmpty && !$0.holdsControls
    }

    /// A path or glob without control characters.
    package static let path = TextRule("a path without control characters", limit: DocumentLimits.pathBytes) {
        !$0.isEmpty && !$0.holdsControls
    }
}
