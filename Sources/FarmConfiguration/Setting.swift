/// Something that an operator may configure: its place in `bf.yaml`, what may stand there, and what holds if nothing does.
public struct Setting: Sendable {
    /// What a setting's value may be.
    public enum Kind: Sendable {
        /// An absolute path.
        case path
        /// Text on one line.
        case text
        /// `true` or `false`.
        case flag
        /// A whole number of a range.
        case integer(ClosedRange<Int64>)
        /// A number of processor cores; ``Unlimited/none`` is allowed.
        case cores
        /// How many things at most; ``Unlimited/none`` is allowed.
        case count(ClosedRange<Int64>)
        /// A span of time, kept in milliseconds.
        case duration(Unlimited)
        /// A size, kept in bytes, and the least that is allowed.
        case size(least: Int64)
        /// One of some words.
        case choice([String])
        /// Any of some words.
        case choices([String])
        /// Texts, each on one line.
        case texts
        /// Labels: `key` or `key=value`.
        case labels
    }

    /// The word for "without a limit".
    public enum Unlimited: String, Sendable {
        /// A cap that does not exist; 0 means the same, as in documents.
        case none
        /// Something that is kept for ever; 0 means that it goes at once.
        case never
    }

    /// The keys that lead to it, with points between: `run.jobs`.
    public let key: String
    /// What may stand there.
    public let kind: Kind
    /// What holds if nothing is configured, for people.
    public let usual: String
    /// What it is for, in a few words.
    public let summary: String

    init(_ key: String, _ kind: Kind, _ usual: String, _ summary: String) {
        self.key = key
        self.kind = kind
        self.usual = usual
        self.summary = summary
    }

    /// The environment variable: `BF_RUN_JOBS` for `run.jobs`.
    public var variable: String { "BF_" + String(key.map { $0 == "." ? "_" : $0 }).uppercased() }
}
