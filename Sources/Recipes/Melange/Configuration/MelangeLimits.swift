/// How much one configuration may ask for; what every document may ask for stands in `DocumentLimits`.
enum MelangeLimits {
    /// Subpackages, ranges expanded.
    static let subpackages = 5000
    /// Steps of all packages and tests, pipelines expanded.
    static let steps = 20_000
    /// How deep steps and pipelines stand within each other.
    static let depth = 40
    /// Bytes of all texts of a configuration once variables stand in them.
    static let expandedBytes = 32 << 20
    /// Bytes of one of them.
    static let textBytes = 1 << 20
    /// Bytes of a value: a field, an input, a variable.
    static let valueBytes = 131_071
    /// Entries of a list or mapping.
    static let entries = 5000
    /// Options of a configuration, and of a submission.
    static let options = 200
    /// Inputs that a pipeline declares.
    static let inputs = 500
    /// How many bytes of text an input is counted as beside its value, for the work that it is.
    static let inputCost = 64
    /// How many bytes of text a byte of a condition is counted as.
    static let conditionCost = 8
    /// Packages that pipelines need, each counted as often as it is named.
    static let needs = 20_000
    /// Bytes that a variable may have to be transformed, and bytes of the pattern and of what is put in.
    static let transformedBytes = 4096
    /// Instructions of the matcher for all transformations of a configuration.
    static let matcherSteps = 5_000_000
    /// Bytes of a condition, and of each text that it compares.
    static let conditionBytes = 4096
    /// Parentheses and negations of a condition within each other.
    static let conditionDepth = 50
}
