internal import Documents

/// What a path below `/api/v1/packages/` asks for: a package, whose name has slashes, and something of it.
public struct DsynthPackagePath: Sendable, Equatable {
    /// What is asked for.
    public enum Part: String, Sendable, CaseIterable {
        /// What it needs.
        case deps
        /// Its builds.
        case history
        /// What it does now.
        case status
    }

    /// The name of the package, for instance `editors/vim`.
    public var portdir: String
    /// What is asked for; nil is the package itself.
    public var part: Part?

    /// Creates a path.
    public init(portdir: String, part: Part? = nil) {
        self.portdir = portdir
        self.part = part
    }

    /// The ways to read what stands behind `packages/`, the likelier first; empty if no package can be meant.
    ///
    /// A port lies in a category, so two names are a port, and a word behind them is a part of it. As names of packages may also have one part
    /// or many, the other way to read it follows.
    /// - Parameter remainder: Decoded, without a slash at its start.
    public static func readings(of remainder: String) -> [DsynthPackagePath] {
        let whole = DsynthPackagePath(portdir: remainder)
        let names = remainder.split(separator: "/", omittingEmptySubsequences: false)
        var readings = [whole]
        if names.count > 1, let last = names.last, let part = Part(rawValue: String(last)) {
            let shorter = DsynthPackagePath(portdir: names.dropLast().joined(separator: "/"), part: part)
            readings = names.count == 2 ? [whole, shorter] : [shorter, whole]
        }
        return readings.filter { TextRule.name.allows($0.portdir) }
    }
}
