extension PackageVersion {
    /// True if a constraint that names `other` is content with this version, for instance 1.2.1 with `~1.2`.
    public func matches(_ comparison: Dependency.Comparison, _ other: PackageVersion) -> Bool {
        switch comparison {
        case .equal: self == other
        case .less: self < other
        case .lessOrEqual: self <= other
        case .greater: self > other
        case .greaterOrEqual: self >= other
        case .fuzzy: begins(with: other)
        case .greaterOrFuzzy: begins(with: other) || self > other
        case .lessOrFuzzy: begins(with: other) || self < other
        }
    }

    /// True if the other's parts are the first of this one's: 1.20 does not begin with 1.2.
    private func begins(with other: PackageVersion) -> Bool {
        parts.starts(with: other.parts) && (other.commit.isEmpty || commit == other.commit)
    }
}
