extension Dependency: CustomStringConvertible {
    /// The canonical text: `!name@tag>=1.2`.
    public var description: String {
        var text = isConflict ? "!" + name : name
        if let tag { text += "@" + tag }
        if let comparison { text += comparison.rawValue + version }
        return text
    }

    /// True if a package of this version would do, were its name the right one; for a conflict: would be in the way.
    ///
    /// If a certain version is needed, a text that is no version does not do.
    public func isSatisfied(byVersion version: some StringProtocol) -> Bool {
        guard comparison != nil else { return true }
        return PackageVersion(version).map { isSatisfied(byVersion: $0) } ?? false
    }

    /// True if a package of this version would do, were its name the right one; for a conflict: would be in the way.
    public func isSatisfied(byVersion version: PackageVersion) -> Bool {
        guard let comparison else { return true }
        return PackageVersion(self.version).map { version.matches(comparison, $0) } ?? false
    }
}
