/// Something that cannot be done on this machine, and what would change that.
public struct MissingAbility: Sendable, Equatable {
    /// What cannot be done, and why.
    public var cause: String
    /// What to install or change.
    public var remedy: String
    /// A program is not installed; else it is there and cannot be used.
    public var isMissing: Bool

    /// Creates one.
    public init(_ cause: String, remedy: String, isMissing: Bool = false) {
        self.cause = cause
        self.remedy = remedy
        self.isMissing = isMissing
    }

    /// Both in one sentence.
    public var text: String { "\(cause); \(remedy)" }
}
