import Documents

/// The pipelines that have no text: the runner fetches what they ask for, and the step only lays it out, so that nothing in the root need know
/// how to fetch. They take the inputs of melange's pipelines of the same names (https://github.com/chainguard-dev/melange/tree/main/pkg/build/pipelines).
enum NativePipeline {
    /// Fetches a file by URL.
    static let fetch = "fetch"
    /// Checks out a Git repository.
    static let checkout = "git-checkout"
    /// Their names.
    static let names = [fetch, checkout]

    /// The inputs of one of them.
    static func declarations(of name: String) -> [MelangeInput] { name == fetch ? fetchInputs : checkoutInputs }

    private static let fetchInputs = inputs([
        ("uri", nil), ("expected-sha256", ""), ("expected-sha512", ""), ("expected-none", ""), ("strip-components", "1"),
        ("directory", "."), ("extract", "true"), ("delete", "false"), ("timeout", "5"), ("dns-timeout", "20"), ("retry-limit", "5"),
        ("purl-name", ""), ("purl-version", ""), ("reason", ""),
    ])

    private static let checkoutInputs = inputs([
        ("repository", nil), ("destination", "."), ("branch", ""), ("tag", ""), ("expected-commit", ""),
        ("expected-commit-is-branch-tip", "false"), ("depth", "unset"), ("recurse-submodules", "false"), ("shallow-submodules", "false"),
        ("submodule-jobs", "1"), ("cherry-picks", ""), ("sparse-paths", ""), ("type-hint", ""), ("max-retries", "3"),
        ("initial-backoff", "2"), ("max-backoff", "60"), ("reason", ""),
    ])

    /// Inputs with what holds if they are not stated; nil for those that must be.
    private static func inputs(_ inputs: [(name: String, usual: String?)]) -> [MelangeInput] {
        inputs.map { input in
            let usual = MelangeText(value: input.usual ?? "", position: .start)
            return MelangeInput(name: input.name, usual: usual, isRequired: input.usual == nil)
        }
    }
}

/// An input that cannot be meant.
struct InputFault: Error {
    /// Its name.
    var input: String
    /// What is wrong, on one line.
    var message: String
}

/// The inputs of a pipeline without text, read as what they mean.
struct NativeInputs {
    private let values: [String: String]

    init(_ values: [String: String]) { self.values = values }

    /// An input as it is written; empty if it is not stated.
    func text(_ name: String) -> String { values[name] ?? "" }

    /// An input as it is written; nil if it is not stated.
    func optionalText(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// `true` or `false`
    func flag(_ name: String) throws(InputFault) -> Bool {
        switch text(name) {
        case "true": return true
        case "false": return false
        default: throw InputFault(input: name, message: "expected true or false, found \(text(name).quoted)")
        }
    }

    /// A whole number within a range.
    func number(_ name: String, _ range: ClosedRange<Int>) throws(InputFault) -> Int {
        if let value = Int(text(name)), range.contains(value) { return value }
        let message = "expected a whole number from \(range.lowerBound) to \(range.upperBound), found \(text(name).quoted)"
        throw InputFault(input: name, message: message)
    }

    /// A text without control characters and blanks that does not begin with a dash, for it could be taken for an option.
    func word(_ name: String) throws(InputFault) -> String? {
        guard let text = optionalText(name) else { return nil }
        guard !text.hasPrefix("-"), !text.holdsControls, !text.utf8.contains(32) else {
            throw InputFault(input: name, message: "expected a word that does not begin with -, found \(text.quoted)")
        }
        return text
    }
}
