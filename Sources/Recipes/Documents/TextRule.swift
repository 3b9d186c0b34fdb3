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
    private static let nameBytes = ByteSet.alphanumeric + "._+/@-"
    private static let identifierBytes = ByteSet.alphanumeric + "._-"
    private static let variableBytes = ByteSet.alphanumeric + "_"
    private static let axisBytes = ByteSet.lowercase + ByteSet.digits + "_"
    private static let cellBytes = ByteSet.alphanumeric + "._+-"
    private static let labelBytes = ByteSet.alphanumeric + "._/+-"
    private static let imageBytes = ByteSet.alphanumeric + "._/:@+-"

    /// The name of a job: a path of names, each of which is a good file name.
    static let name = TextRule(
        "a name of letters, digits and . _ + - @ / that starts with a letter or digit, without empty, \".\" or \"..\" parts",
        limit: DocumentLimits.nameBytes
    ) { $0.starts(in: .alphanumeric) && $0.consists(of: nameBytes) && $0.hasOnlyNames }

    /// The name of a phase, secret or cache.
    static let identifier = TextRule("a name of letters, digits and . _ - that starts with a letter or digit", limit: 64) {
        $0.starts(in: .alphanumeric) && $0.consists(of: identifierBytes)
    }

    /// The name of an environment variable.
    static let variable = TextRule("a name of letters, digits and _ that does not start with a digit", limit: 128) {
        !$0.isEmpty && !$0.starts(in: .digits) && $0.consists(of: variableBytes)
    }

    /// An axis of a matrix.
    static let axis = TextRule("an axis name of lower-case letters, digits and _ that starts with a letter", limit: 64) {
        $0.starts(in: .lowercase) && $0.consists(of: axisBytes)
    }

    /// A value of a matrix: harmless in names, paths and scripts.
    static let cell = TextRule("letters, digits and . _ + - that start with a letter or digit", limit: 100) {
        $0.starts(in: .alphanumeric) && $0.consists(of: cellBytes)
    }

    /// `key` or `key=value`.
    static let label = TextRule("key or key=value of letters, digits and . _ / + -", limit: DocumentLimits.nameBytes) {
        $0.starts(in: .alphanumeric)
            && $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).allSatisfy { $0.consists(of: labelBytes) }
    }

    /// Visible text on one line.
    static let line = TextRule("1 to 200 characters on one line", limit: DocumentLimits.nameBytes) { !$0.isEmpty && !$0.holdsControls }

    /// A path or glob without control characters.
    static let path = TextRule("a path without control characters", limit: DocumentLimits.pathBytes) { !$0.isEmpty && !$0.holdsControls }

    /// The reference of an OCI image.
    static let image = TextRule("an image reference such as docker.io/library/debian:12", limit: 500) {
        $0.starts(in: .alphanumeric) && $0.consists(of: imageBytes)
    }
}

extension String {
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
